/** Who is at the machine, for the history. In a container a user may have a number and no name. */
import { userInfo } from 'node:os';
import { CliError } from './cli-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

export function whoIsHere(
  environment: Environment,
  lookUp: () => string = () => userInfo().username,
): string {
  try {
    return lookUp();
  } catch {
    const name = environment['USER'];
    if (name) return name;
    throw new CliError('this user has no name: set USER, or use a token of your own');
  }
}

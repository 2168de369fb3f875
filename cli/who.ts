/** The name of the local user, for the history. In a container a user may have a number and no name. */
import { userInfo } from 'node:os';
import { CliError } from './cli-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

export function nameHere(
  environment: Environment,
  lookUp: () => string = () => userInfo().username,
): string | undefined {
  try {
    return lookUp();
  } catch {
    return environment['USER'] || undefined;
  }
}

/** @throws CliError when it is unknown */
export function readOperatorName(...asked: Parameters<typeof nameHere>): string {
  const name = nameHere(...asked);
  if (name !== undefined) return name;
  throw new CliError('this user has no name: set USER, or use a token of your own');
}

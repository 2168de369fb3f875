/** The Dockerfile, instruction by instruction. */
import { read } from '../harness/source-files.js';

export type Instruction = { readonly is: string; readonly says: string };

export function dockerfile(): readonly Instruction[] {
  const lines = read('Dockerfile')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [is = '', ...rest] = line.split(' ');
    return { is, says: rest.join(' ') };
  });
}

/** Those after the last FROM: what runs. */
export function finalStage(): readonly Instruction[] {
  const all = dockerfile();
  return all.slice(all.findLastIndex(({ is }) => is === 'FROM'));
}

/** What the last one of this kind says, in the stage that runs. */
export function findLast(is: string): string {
  return finalStage().findLast((one) => one.is === is)?.says ?? '';
}

export function imageEntrypoint(): readonly string[] {
  return JSON.parse(findLast('ENTRYPOINT')) as readonly string[];
}

export function imageEnvironment(): Readonly<Record<string, string>> {
  const pairs = finalStage()
    .filter(({ is }) => is === 'ENV')
    .flatMap(({ says }) => says.trim().split(/\s+/));
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  );
}

/** Rules of .dockerignore: paths from the root, and exceptions with a leading `!`. The last that matches applies. */
export function dockerIgnored(): readonly string[] {
  return read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

export function reachesImage(path: string): boolean {
  const concerns = (rule: string) => path === rule || path.startsWith(`${rule}/`);
  const last = dockerIgnored().findLast((rule) => concerns(rule.replace(/^!/, '')));
  return last === undefined || last.startsWith('!');
}

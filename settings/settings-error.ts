/**
 * Error of a process with invalid settings, which does not start. It names every wrong setting at once
 * with the problem, never with the value, which may be a secret.
 */
import type { z } from 'zod';

export type WrongSetting = { readonly setting: string; readonly problem: string };

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly wrong: readonly WrongSetting[];

  constructor(wrong: readonly WrongSetting[]) {
    const lines = wrong.map(({ setting, problem }) => `  ${setting}: ${problem}`);
    super(`${wrong.length} wrong setting${wrong.length === 1 ? '' : 's'}:\n${lines.join('\n')}`);
    this.wrong = wrong;
  }
}

/** The parsed value, or `undefined` on an error, which is then added to `wrong`. */
export async function collect<T>(
  wrong: WrongSetting[],
  read: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    wrong.push(...error.wrong);
    return undefined;
  }
}

/** Names such as `sources.chat.categories.bot`, or the name of the environment variable. */
export function wrongSettings(error: z.ZodError, prefix = ''): readonly WrongSetting[] {
  return error.issues.flatMap((issue) => {
    const path = [...(prefix ? [prefix] : []), ...issue.path.map(String)];
    if (issue.code !== 'unrecognized_keys') {
      return [{ setting: path.join('.') || 'the file', problem: issue.message }];
    }
    return issue.keys.map((key) => ({
      setting: [...path, key].join('.'),
      problem: 'unknown setting',
    }));
  });
}

/** What the doctor has to say about one thing: how bad it is, what it is, and where it is mended. */
export type Level = 'ok' | 'error' | 'warning' | 'unseen';

export type Finding = {
  /** `error`: Baton will not work as it should. `unseen`: the API does not show it; look yourself. */
  readonly level: Level;
  /** What was looked at: `bot-user`, `webhook`, … */
  readonly about: string;
  readonly what: string;
  /** Where in the admin pages, or of our own side. */
  readonly mend?: string;
};

type Told = { readonly what: string; readonly mend: string };

export function ok(about: string, what: string): Finding {
  return { level: 'ok', about, what };
}
export function error(about: string, told: Told): Finding {
  return { level: 'error', about, ...told };
}
export function warning(about: string, told: Told): Finding {
  return { level: 'warning', about, ...told };
}
export function unseen(about: string, told: Told): Finding {
  return { level: 'unseen', about, ...told };
}

/** What is wrong; nothing wrong: one line that says so. */
export function orOk(
  about: string,
  what: string,
  wrong: readonly (Finding | false | undefined)[],
): readonly Finding[] {
  const found = wrong.filter((finding) => finding !== false && finding !== undefined);
  return found.some(({ level }) => level !== 'unseen') ? found : [...found, ok(about, what)];
}

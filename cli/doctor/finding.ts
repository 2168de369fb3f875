/** One finding of the doctor: severity, description, and where to fix it. */
export type Level = 'ok' | 'error' | 'warning' | 'unseen';

export type Finding = {
  /** `error`: Baton will not work correctly. `unseen`: the API does not show it; check it yourself. */
  readonly level: Level;
  /** Subject of the check: `bot-user`, `webhook`, … */
  readonly about: string;
  readonly what: string;
  /** Where to fix it: in the admin pages, or in Baton's set-up. */
  readonly mend?: string;
};

type Problem = { readonly what: string; readonly mend: string };

export function ok(about: string, what: string): Finding {
  return { level: 'ok', about, what };
}
export function error(about: string, problem: Problem): Finding {
  return { level: 'error', about, ...problem };
}
export function warning(about: string, problem: Problem): Finding {
  return { level: 'warning', about, ...problem };
}
export function unseen(about: string, problem: Problem): Finding {
  return { level: 'unseen', about, ...problem };
}

/** The problems, or one finding that all is well. */
export function orOk(
  about: string,
  what: string,
  wrong: readonly (Finding | false | undefined)[],
): readonly Finding[] {
  const found = wrong.filter((finding) => finding !== false && finding !== undefined);
  return found.some(({ level }) => level !== 'unseen') ? found : [...found, ok(about, what)];
}

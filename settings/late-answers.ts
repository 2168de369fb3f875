/**
 * Where bots may send what they cannot answer at once. A worker that is told where the ingress is has to
 * sign for it; the ingress takes late answers when it has the same secret.
 */
import { SettingsError } from './settings-error.js';

export type AnswerAccess = { readonly url: string; readonly secret: string };

/** For the worker. @throws SettingsError */
export function answerAccess(env: {
  readonly BATON_PUBLIC_URL?: string | undefined;
  readonly BATON_ANSWER_SECRET?: string | undefined;
}): AnswerAccess | undefined {
  const { BATON_PUBLIC_URL: url, BATON_ANSWER_SECRET: secret } = env;
  if (url === undefined) return undefined;
  if (secret !== undefined) return { url, secret };
  const problem = 'is not set, and BATON_PUBLIC_URL is';
  throw new SettingsError([{ setting: 'BATON_ANSWER_SECRET', problem }]);
}

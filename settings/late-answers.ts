/**
 * Settings of late answers. A worker with the ingress's public URL needs the signing secret; the ingress
 * accepts late answers if it has the same secret.
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

/** Creates the callback URL of a question: the ingress's public URL with a signed token. */
import type { Ports } from '../activities/ports.js';
import { createAnswerTokens } from '../bots/answer-token.js';
import type { AnswerAccess } from '../settings/late-answers.js';

export function createAnswerUrl(access: AnswerAccess | undefined): Pick<Ports, 'answerUrl'> {
  if (!access) return {};
  const tokens = createAnswerTokens(access.secret);
  const base = access.url.replace(/\/+$/, '');
  return { answerUrl: (question) => `${base}/bots/answers/${tokens.encrypt(question)}` };
}

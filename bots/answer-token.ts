/**
 * What stands in the address of a late answer: which question it answers, and Baton's own signature.
 * Whoever has such an address may answer that one question, and nothing else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type Question = {
  /** The thread that asked. */
  readonly workflowId: string;
  /** The turn's id. */
  readonly to: string;
};

export type AnswerTokens = {
  seal(question: Question): string;
  /** `undefined` when it is none of ours. */
  open(token: string): Question | undefined;
};

/** So that nothing else signed with the same secret is ever taken for one. */
const purpose = 'baton late answer v1';
/** Nobody's token is as long. */
const longest = 2_000;

export function createAnswerTokens(secret: string): AnswerTokens {
  const mac = (payload: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${payload}`).digest();
  return {
    seal({ workflowId, to }) {
      const payload = Buffer.from(JSON.stringify({ workflowId, to })).toString('base64url');
      return `${payload}.${mac(payload).toString('base64url')}`;
    },
    open(token) {
      const [payload = '', signature = '', ...rest] = token.slice(0, longest).split('.');
      const offered = Buffer.from(signature, 'base64url');
      const wanted = mac(payload);
      const isOurs = offered.length === wanted.length && timingSafeEqual(offered, wanted);
      if (!isOurs || rest.length > 0) return undefined;
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Question;
    },
  };
}

/**
 * What stands in the address of a late answer: which question it answers, until when, and Baton's own
 * signature. Whoever has such an address may answer that one question in its time, and nothing else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type Question = {
  /** The thread that asked. */
  readonly workflowId: string;
  /** The turn's id. */
  readonly to: string;
  /** Unix milliseconds: an answer that comes later is none. Absent in those of Baton 0.1.0. */
  readonly until?: number;
};

export type AnswerTokens = {
  encrypt(question: Question): string;
  /** `undefined` when it is none of ours. */
  open(token: string): Question | undefined;
};

/** So that nothing else signed with the same secret is ever taken for one. */
const purpose = 'baton late answer v1';
/** Nobody's token is as long. */
const longest = 2_000;

/** @param previous known as well, during a rotation; nothing is encrypted with it */
export function createAnswerTokens(secret: string, previous?: string): AnswerTokens {
  const live = [secret, ...(previous === undefined ? [] : [previous])];
  const mac = (payload: string, key = secret) =>
    createHmac('sha256', key).update(`${purpose}\n${payload}`).digest();
  return {
    encrypt({ workflowId, to, until }) {
      const payload = Buffer.from(JSON.stringify({ workflowId, to, until })).toString('base64url');
      return `${payload}.${mac(payload).toString('base64url')}`;
    },
    open(token) {
      const [payload = '', signature = '', ...rest] = token.slice(0, longest).split('.');
      const offered = Buffer.from(signature, 'base64url');
      const marks = live.map((key) => mac(payload, key));
      const ours = marks.filter(
        (wanted) => offered.length === wanted.length && timingSafeEqual(offered, wanted),
      );
      if (ours.length === 0 || rest.length > 0) return undefined;
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Question;
    },
  };
}

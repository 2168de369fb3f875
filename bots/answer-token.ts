/**
 * The token in the URL of a late answer: the question, its deadline, and Baton's signature. It authorises
 * an answer to this question until the deadline, and nothing else.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type Question = {
  /** Workflow id of the thread that asked. */
  readonly workflowId: string;
  /** The turn's id. */
  readonly to: string;
  /** Unix milliseconds: later answers are dropped. Absent in tokens of Baton 0.1.0. */
  readonly until?: number;
};

export type AnswerTokens = {
  encrypt(question: Question): string;
  /** `undefined` for an invalid token. */
  open(token: string): Question | undefined;
};

/** Domain separation: nothing else signed with the same secret is accepted as a token. */
const purpose = 'baton late answer v1';
/** No valid token is longer. */
const longest = 2_000;

/** @param previous accepted for verification during a rotation; never used to sign */
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

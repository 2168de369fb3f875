/** Why a thread is in its phase. */
import type { Move } from './lifecycle.js';

export type HandoverReason =
  | 'customerAsked'
  | 'botGaveUp'
  | 'botFailed'
  | 'replyRefused'
  | 'replyLate'
  | 'operatorAsked'
  | 'emergency';

export type Reason = Move | HandoverReason;

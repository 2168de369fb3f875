import type { Move } from './lifecycle.js';

/** Why a thread is in its phase. */

export type HandoverReason =
  'customerAsked' | 'botGaveUp' | 'botFailed' | 'replyRefused' | 'operatorAsked' | 'emergency';

export type Reason = Move | HandoverReason;

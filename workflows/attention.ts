/** What a person should look at, by a code for those who are told. */
/** Shown as `BatonAttention`. */
export type Attention = { readonly code: AttentionCode; readonly since: number };
export type AttentionCode =
  | 'handoverFailed'
  | 'replyUndelivered'
  | 'replyUnconfirmed'
  | 'interventionNotClosed'
  | 'categoriesNotSet'
  | 'threadUnreadable'
  | 'botUnavailable'
  | 'botDeactivated'
  | 'handoverNotNoted'
  | 'handoverUnconfirmed'
  | 'nobodyComes'
  | 'agentSilent'
  | 'pingPong'
  | 'threadNotLocked'
  | 'controlNotMoved';

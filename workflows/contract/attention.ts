/** What a person should look at a thread for: `BatonAttention`, by code. */
export const attentionCodes = [
  'handoverFailed',
  'replyUndelivered',
  'replyUnconfirmed',
  'interventionNotClosed',
  'categoriesNotSet',
  'threadUnreadable',
  'botUnavailable',
  'botDeactivated',
  'handoverNotNoted',
  'handoverUnconfirmed',
  'nobodyComes',
  'agentSilent',
  'pingPong',
  'threadNotLocked',
  'controlNotMoved',
] as const;
/** What a human who has come makes good by having come. */
export const endedByAHuman = ['nobodyComes', 'handoverUnconfirmed', 'handoverFailed'] as const;

export type AttentionCode = (typeof attentionCodes)[number];

export type Attention = { readonly code: AttentionCode; readonly since: number };

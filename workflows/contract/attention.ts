/** Codes of the reasons why a person should look at a thread (`BatonAttention`). */
export const attentionCodes = [
  'handoverFailed',
  'replyUndelivered',
  'replyUnconfirmed',
  'interventionNotClosed',
  'categoriesNotSet',
  'threadUnreadable',
  'botUnavailable',
  'botUnknown',
  'botDeactivated',
  'handoverNotNoted',
  'handoverUnconfirmed',
  'nobodyComes',
  'agentSilent',
  'pingPong',
  'machineSuspected',
  'threadNotLocked',
  'controlNotMoved',
  'runEnded',
] as const;
/** Reasons that are resolved as soon as a human has the thread. */
export const endedByAHuman = [
  ...(['nobodyComes', 'handoverUnconfirmed', 'handoverFailed'] as const),
  ...(['machineSuspected', 'runEnded'] as const),
] as const;

/** Reasons that are resolved when an agent has answered, and nothing is unanswered. */
export const endedByAnAgentsAnswer = [
  ...endedByAHuman,
  ...(['agentSilent', 'botUnavailable', 'botUnknown', 'botDeactivated'] as const),
  ...(['replyUndelivered', 'replyUnconfirmed'] as const),
] as const;

/** Reasons that are resolved as soon as a reply has reached the platform. */
export const endedByAReply = [
  ...(['botDeactivated', 'botUnavailable', 'botUnknown', 'machineSuspected'] as const),
] as const;

export type AttentionCode = (typeof attentionCodes)[number];

export type Attention = { readonly code: AttentionCode; readonly since: number };

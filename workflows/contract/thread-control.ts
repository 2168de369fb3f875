/** Who has Messenger's thread control. */

/** Ours, Engage's, nobody's, any other app's; or nobody has told us yet. */
export type ControlOwner = 'bot' | 'platform' | 'idle' | 'other' | 'unknown';

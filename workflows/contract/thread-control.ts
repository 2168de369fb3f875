/** The owner of Messenger's thread control. */

/** Our app, Engage's, none (`idle`), another app, or not reported yet. */
export type ControlOwner = 'bot' | 'platform' | 'idle' | 'other' | 'unknown';

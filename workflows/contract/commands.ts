/** What an operator may ask of a thread. */

export const commandNames = [
  'askHandover',
  'takeOver',
  'returnToBot',
  'close',
  'pauseBot',
] as const;

export type CommandName = (typeof commandNames)[number];

export type CommandInput = {
  readonly by: string;
  readonly why: string;
  /** Of `askHandover`: a bot's own reason, so that the rules for a bot's handovers hold. */
  readonly because?: 'customerAsked' | 'botGaveUp';
};

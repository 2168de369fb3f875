/** Commands that an operator may send to a thread. */

export const commandNames = [
  'askHandover',
  'takeOver',
  'returnToBot',
  'close',
  'pauseBot',
  'answerAgain',
] as const;

export type CommandName = (typeof commandNames)[number];

export type CommandInput = {
  readonly by: string;
  readonly why: string;
  /** `askHandover` only: the bot's own reason, so that the rules for a bot's handovers apply. */
  readonly because?: 'customerAsked' | 'botGaveUp';
};

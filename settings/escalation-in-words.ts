/** What a rung of a ladder does. */
export function rungInWords(what: string): string {
  return rungs[what] ?? 'the next rung is reached';
}

export const rungs: Readonly<Record<string, string>> = {
  tell: 'the customer hears something',
  remind: 'the agents are reminded',
  move: 'other agents are asked',
  backToBot: 'the bot gets the thread back',
  close: 'the conversation is closed',
};

/** Describes a step of an escalation policy. */
export function escalationStepInWords(what: string): string {
  return escalationSteps[what] ?? 'the next step is reached';
}

export const escalationSteps: Readonly<Record<string, string>> = {
  tell: 'the customer hears something',
  remind: 'the agents are reminded',
  move: 'other agents are asked',
  backToBot: 'the bot gets the thread back',
  close: 'the conversation is closed',
};

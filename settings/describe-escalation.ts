/** Describes a step of an escalation policy. */
export function escalationStepInWords(what: string): string {
  return escalationSteps[what] ?? 'the next step is reached';
}

export const escalationSteps: Readonly<Record<string, string>> = {
  tell: 'the customer gets a message',
  remind: 'the agents are reminded',
  move: 'other agents are offered the thread',
  backToBot: 'the bot gets the thread back',
  close: 'the conversation is closed',
};

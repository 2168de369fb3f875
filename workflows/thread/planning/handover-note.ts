/**
 * Builds the handover note: the comment on the intervention that explains to a human who hands over, why,
 * and what was said. It stays on the platform, beside the conversation it quotes.
 */
import type { Speaker } from '../../../bots/bot.js';
import { cutText } from '../../../bots/messages/cut-text.js';
import { unwritten } from '../transitions/customer-profile.js';
import type { ThreadState } from '../state/state.js';
import type { OutboxItem } from '../state/outbox-item.js';

const lengthLimit = 4_000;
const customerProfileLimit = 2_000;
const reasonLimit = 500;

const speakers: Record<Speaker, string> = {
  customer: 'Customer',
  bot: 'Bot',
  agent: 'Agent',
  automatic: 'Automatic',
};

export function accountOf(
  state: ThreadState,
  { about, reason = '' }: Extract<OutboxItem, { do: 'leaveNote' }>,
): string {
  if (about === 'waiting') return `The customer is waiting for an answer. (${state.settings.name})`;
  const { handoverNote = '' } = state.settings;
  const head = handoverNote
    .replaceAll('{why}', state.ownership.why)
    .replaceAll('{bot}', state.settings.bot.name);
  const knows = [
    ...(reason === '' ? [] : [cutText(reason, reasonLimit)]),
    ...customerProfileLines(state),
  ];
  const said = state.conversation.record.map(({ by, body }) => `${speakers[by]}: ${body}`);
  // The newest contents matter most: if the note is too long, the oldest are left out.
  while (said.length > 0 && [head, ...knows, ...said].join('\n').length > lengthLimit) said.shift();
  return [head, ...knows, '', ...said].join('\n').trim();
}

/** Values of the customer profile for which the platform has no field. */
function customerProfileLines(state: ThreadState): readonly string[] {
  const lines = Object.entries(unwritten(state)).map(([key, value]) => `${key}: ${value}`);
  while (lines.join('\n').length > customerProfileLimit) lines.pop();
  return lines.length === 0 ? [] : ['', ...lines];
}

/**
 * Selects the conversation that the model receives: the burst, agents' contents since the bot's last
 * reply, and as much of the rest as fits, newest first. Customers have the role user; the bot, agents and
 * automated messages have the role assistant, the latter two marked.
 */
import type { BotContent, BotTurn, RecordEntry } from '../../bot.js';
import { cutText } from '../../messages/cut-text.js';
import type { ModelSettings } from './settings.js';
import type { Message } from './model.js';
import { marks, systemPrompt } from './system-prompt.js';
import { toolMessages } from './tool-messages.js';

export function createMessages(turn: BotTurn, settings: ModelSettings): Message[] {
  return [
    { role: 'system', content: systemPrompt(turn, settings) },
    ...merged(selectLines(turn, settings.contextCharacters)),
    ...toolMessages(turn.called),
  ];
}

type Line = { readonly role: 'user' | 'assistant'; readonly content: string };
type Candidate = { readonly at: number; readonly line: Line };

function selectLines(turn: BotTurn, budget: number): readonly Line[] {
  const inBurst = new Set(turn.burst.map(({ id }) => id));
  const since = new Set(turn.humansSaid.map(({ contentId }) => contentId));
  const record = turn.record.filter(({ contentId }) => !inBurst.has(contentId));
  const entries = record.map((entry, at) => ({ at, entry, line: lineOf(entry) }));
  const isSince = ({ entry }: { entry: RecordEntry }) => since.has(entry.contentId);
  const burst = turn.burst.map((content, i) => ({
    at: record.length + i,
    line: { role: 'user', content: saidBy(content) } as const,
  }));
  const byWeight = [
    ...burst.toReversed(),
    ...entries.filter(isSince).toReversed(),
    ...entries.filter((one) => !isSince(one)).toReversed(),
  ];
  return fitting(byWeight, budget)
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);
}

/** The first entry that does not fit is clipped, and is the last. */
function fitting(byWeight: readonly Candidate[], budget: number): Candidate[] {
  const taken: Candidate[] = [];
  let left = budget;
  for (const { at, line } of byWeight) {
    if (left <= 0) break;
    const content = cutText(line.content, left);
    left = content === line.content ? left - content.length : 0;
    if (content !== '') taken.push({ at, line: { ...line, content } });
  }
  return taken;
}

function lineOf({ by, body }: RecordEntry): Line {
  if (by === 'customer') return { role: 'user', content: body };
  const mark = by === 'bot' ? '' : `${marks[by]} `;
  return { role: 'assistant', content: `${mark}${body}` };
}

function saidBy({ body, payload, hasAttachment }: BotContent): string {
  const chosen = payload === undefined || payload === body ? '' : ` [chose: ${payload}]`;
  const said = `${body}${chosen}${hasAttachment ? ' [with an attachment]' : ''}`.trim();
  return said || '[an empty message]';
}

/** Some models require alternating roles. */
function merged(lines: readonly Line[]): readonly Line[] {
  const together: Line[] = [];
  for (const line of lines) {
    const before = together.at(-1);
    if (before?.role === line.role) {
      together[together.length - 1] = { ...line, content: `${before.content}\n${line.content}` };
    } else together.push(line);
  }
  return together;
}

/**
 * Produces the bot's answer to a turn. The model is asked again after an invalid tool call or a
 * guardrail's objection; after too many of these the conversation is handed over. Every reply has passed
 * the guardrails.
 */
import type { Asking, BotAnswer, BotReply, BotTurn } from '../../bot.js';
import type { BotContext } from '../../adapter.js';
import { createMessages } from './conversation.js';
import { applyGuardrails } from './guardrails.js';
import type { ModelResponse, Message, Model } from './model.js';
import type { ModelSettings } from './settings.js';
import { ceilingReached, rememberSpent, spend, spentBefore, type Spent } from './spent.js';
import { describeFunctions, wanted, type Wanted } from './tools.js';

/** Number of repeated questions per turn. */
const chances = { call: 2, objection: 1 } as const;

type Again = {
  readonly because: keyof typeof chances;
  readonly feedback: readonly Message[];
  /** Reason of the handover after the last attempt. */
  readonly reason: string;
};

export type Answering = {
  readonly settings: ModelSettings;
  readonly model: Model;
  readonly warn: NonNullable<BotContext['warn']>;
};

/** @throws when the model gives no answer, or an invalid one */
export async function answerTo(
  turn: BotTurn,
  { signal }: Pick<Asking, 'signal'>,
  answering: Answering,
): Promise<BotAnswer> {
  const { settings, model } = answering;
  const tools = describeFunctions(settings);
  const messages = createMessages(turn, settings);
  const left = { ...chances } as Record<keyof typeof chances, number>;
  let spent = spentBefore(turn);
  for (;;) {
    const ceiling = ceilingReached(spent, settings);
    if (ceiling !== undefined) return remembering(gaveUp(ceiling), turn, spent);
    const response = await model({ messages, tools, signal, deadline: turn.deadline });
    spent = spend(spent, response.tokens);
    const meant = await meaning(response, turn, answering);
    if ('replies' in meant) return remembering(meant, turn, spent);
    if (left[meant.because] === 0) return remembering(gaveUp(meant.reason), turn, spent);
    left[meant.because] -= 1;
    messages.push(...meant.feedback);
  }
}

function remembering(answer: BotAnswer, { memory }: BotTurn, spent: Spent): BotAnswer {
  return { ...answer, remember: rememberSpent(memory, spent) };
}

function gaveUp(reason: string): BotAnswer {
  return { replies: [], handOver: { because: 'botGaveUp', reason } };
}

async function meaning(
  response: ModelResponse,
  turn: BotTurn,
  answering: Answering,
): Promise<BotAnswer | Again> {
  const want = response.calls.length > 0 ? readWanted(response, turn, answering) : undefined;
  if (want?.is === 'calls') return { replies: [], calls: want.calls };
  if (want?.is === 'invalid') {
    const reason = 'the bot could not use its tools rightly';
    return { because: 'call', feedback: want.feedback, reason };
  }
  if (want?.is === 'handOver') {
    const said = await say(response, turn, answering);
    const farewell = 'replies' in said && !said.handOver && !said.isRefused ? said.replies : [];
    return { replies: farewell, handOver: want.handOver };
  }
  const said = await say(response, turn, answering);
  if (!('replies' in said)) return said;
  const { isRefused, ...answer } = said;
  return want && !answer.handOver && !isRefused ? { ...answer, isSolved: true } : answer;
}

function readWanted(
  { calls }: ModelResponse,
  { called }: BotTurn,
  { settings }: Answering,
): Wanted {
  return wanted(calls, settings, called.length);
}

type Said = BotAnswer & { readonly isRefused?: boolean };

/** Applies the guardrails. A text that is not sent leaves no trace but the fact. */
async function say(
  response: ModelResponse,
  turn: BotTurn,
  answering: Answering,
): Promise<Said | Again> {
  if (response.text === '') return { replies: [] };
  const { settings, warn } = answering;
  const { guardrails } = settings;
  const { text, isCutShort } = response;
  const checked = await applyGuardrails(
    { text: unmarked(text), isCutShort, called: turn.called },
    guardrails,
  );
  if (checked.is === 'fine') {
    if (checked.wasCut) warn({ from: text.length, to: checked.text.length }, 'an answer was cut');
    return { replies: repliesOf(checked.text) };
  }
  const why = checked.is === 'objected' ? checked.kind : checked.is;
  warn({ kind: why }, 'an answer was not sent');
  if (checked.is === 'forbidden') {
    const { refusal } = guardrails;
    const reason = 'the answer of the bot contains a forbidden subject';
    return refusal === undefined
      ? gaveUp(reason)
      : { replies: repliesOf(refusal), isRefused: true };
  }
  const { objection, kind } = checked;
  const feedback: Message[] = [
    { role: 'assistant', content: text },
    { role: 'user', content: `[Baton] ${objection}` },
  ];
  return { because: 'objection', feedback, reason: reasons[kind] };
}

const reasons = {
  promise: 'the answer of the bot promises an action that was not done',
  language: 'the bot did not answer in a language it may',
} as const;

function repliesOf(body: string): readonly BotReply[] {
  return body === '' ? [] : [{ body }];
}

/** Removes role marks that models copy from the conversation. */
function unmarked(text: string): string {
  return text.replace(/^\s*\[(human agent|automatic message)\]\s*/iu, '');
}

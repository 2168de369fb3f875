/**
 * A script's answer to a turn. Pure and deterministic.
 *
 * The first match applies, in this order: handover words, the value of the slot asked for, a choice among
 * those shown, the script's answers from top to bottom, solved words.
 */
import { mentions } from '../../messages/mentions.js';
import type { BotAnswer, BotReply, BotTurn } from '../../bot.js';
import { chosen, replyWith, toItems } from './choices.js';
import { readMemory, toMemory, type Memory } from './memory.js';
import { inLanguage, type Answer, type Script, type Text } from './script.js';
import { filled, missing, question, valueIn, type SlotValues } from './slots.js';

export type Asked = Pick<BotTurn, 'burst' | 'memory'> &
  Partial<Pick<BotTurn, 'profile' | 'locale'>>;

/** Working state of one turn. */
type Round = {
  readonly script: Script;
  readonly locale: string | undefined;
  /** The customer's text, or the payload of a tap. */
  readonly said: string;
  readonly payload: string | undefined;
  readonly memory: Memory;
  readonly known: SlotValues;
  readonly greeting: readonly BotReply[];
  /** Profile values found in this turn. */
  readonly customerProfile: SlotValues;
};

export function answerTo(turn: Asked, script: Script): BotAnswer {
  const round = roundOf(turn, script);
  const { memory, said, payload } = round;
  const text = turn.burst.map((one) => one.payload ?? one.body).join('\n');
  if (mentions(text, script.handOverOn)) return handOver(round, 'customerAsked');
  if (memory.asking) return readValue(round, memory.asking);
  const choice = chosen(said, payload, memory.offered) ?? text;
  const fits = ({ when }: Answer) => when.includes(choice) || mentions(choice, when);
  const index = script.answers.findIndex(fits);
  if (index >= 0) return give(round, index);
  if (mentions(text, script.solvedOn)) {
    return { replies: says(round, script.goodbye), isSolved: true, remember: keep(round) };
  }
  if (round.greeting.length > 0) return { replies: round.greeting, remember: keep(round) };
  return doesNotKnow(round);
}

function roundOf(turn: Asked, script: Script): Round {
  const { burst, locale, profile = {} } = turn;
  const memory = readMemory(turn);
  const isNew = !memory.hasGreeted && script.greet !== undefined;
  const greeting = isNew && script.greet ? [{ body: inLanguage(script.greet, locale) }] : [];
  const payload = burst.findLast((one) => one.payload !== undefined)?.payload;
  const said = burst.map(({ body }) => body).join('\n');
  const known = { ...profile, ...memory.values };
  return { script, locale, said, payload, memory, known, greeting, customerProfile: {} };
}

function says({ locale, known }: Round, text: Text | undefined): readonly BotReply[] {
  return text === undefined ? [] : [{ body: filled(inLanguage(text, locale), known) }];
}

/** The memory after the turn: greeted, known values, and, unless given here, no open slot or choices. */
function keep({ memory }: Round, more: Partial<Memory> = {}) {
  return toMemory({ hasGreeted: true, misses: 0, offered: [], values: memory.values, ...more });
}

function customerProfile({ customerProfile: found }: Round): Pick<BotAnswer, 'customerProfile'> {
  return Object.keys(found).length > 0 ? { customerProfile: found } : {};
}

function handOver(
  round: Round,
  because: 'customerAsked' | 'botGaveUp',
  replies: readonly BotReply[] = [],
): BotAnswer {
  const { values: fields } = round.memory;
  return {
    replies: [...replies, ...says(round, round.script.farewell)],
    handOver: { because, ...(Object.keys(fields).length > 0 && { fields }) },
    ...customerProfile(round),
    remember: keep(round),
  };
}

/** Replies with the answer, or first asks for a missing slot. */
function give(round: Round, index: number): BotAnswer {
  const answer = round.script.answers[index];
  if (!answer) return doesNotKnow(round);
  const wanted = missing(answer, round.known);
  if (wanted) return ask(round, index, wanted[0], 1);
  const replies = says(round, answer.say);
  if (answer.handOver) return handOver(round, 'customerAsked', [...round.greeting, ...replies]);
  const items = toItems(answer.choices ?? [], round.locale);
  const last = items.length > 0 ? replies.map(({ body }) => replyWith(body, items)) : replies;
  const remember = keep(round, { offered: items });
  return { replies: [...round.greeting, ...last], ...customerProfile(round), remember };
}

function ask(round: Round, answer: number, slot: string, tries: number): BotAnswer {
  const wanted = round.script.answers[answer]?.slots[slot];
  if (!wanted) return doesNotKnow(round);
  const { reply, items } = question(wanted, round.locale, tries > 1);
  const remember = keep(round, { asking: { answer, slot, tries }, offered: items });
  return { replies: [...round.greeting, reply], ...customerProfile(round), remember };
}

function readValue(
  round: Round,
  { answer, slot, tries }: NonNullable<Memory['asking']>,
): BotAnswer {
  const { script, said, payload, memory } = round;
  const wanted = script.answers[answer]?.slots[slot];
  // The script has changed since the question.
  if (!wanted) return doesNotKnow(round);
  const value = valueIn(wanted, said, payload, memory.offered);
  if (value === undefined) {
    if (tries >= wanted.tries) return handOver(round, 'botGaveUp');
    return ask(round, answer, slot, tries + 1);
  }
  const found = { [slot]: value };
  const known = { ...round.known, ...found };
  const isForHuman = wanted.into === 'fields';
  const values = isForHuman ? { ...memory.values, ...found } : memory.values;
  const gained = isForHuman ? round.customerProfile : { ...round.customerProfile, ...found };
  return give({ ...round, known, customerProfile: gained, memory: { ...memory, values } }, answer);
}

function doesNotKnow(round: Round): BotAnswer {
  const { script, memory } = round;
  const misses = memory.misses + 1;
  if (misses >= script.maxMisses) return handOver(round, 'botGaveUp');
  // The choices shown stay valid.
  const remember = keep(round, { misses, offered: memory.offered });
  return { replies: says(round, script.dontKnow), remember };
}

/**
 * The scripted bot: answers by keywords from a YAML file. The embedded default, and what `npm start`
 * shows: it greets, answers a few questions, says when a matter is solved, and hands over when asked
 * or when it does not know twice in a row.
 *
 * Words are compared whole and without case. The first thing in a script that matches wins, in the
 * order: handover words, answers top down, solved words.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { mentions } from '../../text/mentions.js';
import { defineAdapter } from '../adapter.js';
import { passIssues } from '../pass-issues.js';
import type { Bot, BotAnswer, BotTurn } from '../bot.js';

const words = z.array(z.string().min(1)).default([]);

export const scriptSchema = z.strictObject({
  /** Said once, at the beginning of a conversation. */
  greet: z.string().min(1).optional(),
  answers: z.array(z.strictObject({ when: words, say: z.string().min(1) })).default([]),
  solvedOn: words,
  /** Said when the customer's words say it is solved. */
  goodbye: z.string().min(1).optional(),
  handOverOn: words,
  /** Said with the handover; without it Baton's own text is. */
  farewell: z.string().min(1).optional(),
  dontKnow: z.string().min(1).default('Sorry, I did not understand. Could you say it differently?'),
  /** Not knowing so often in a row ends in a handover. */
  maxMisses: z.number().int().min(1).default(2),
  /** Thinks so long before each answer, in milliseconds: for demonstrations and tests. */
  thinkFor: z.number().int().min(0).default(0),
});
export type Script = z.output<typeof scriptSchema>;

/** The script itself, or the path of its YAML file. */
const settings = z.unknown().transform((written, context): Script => {
  const read = typeof written === 'string' ? readYaml(written) : { raw: written };
  if ('problem' in read) {
    context.addIssue({ code: 'custom', message: read.problem });
    return z.NEVER;
  }
  const parsed = scriptSchema.safeParse(read.raw);
  passIssues(context, parsed.error);
  return parsed.data ?? z.NEVER;
});

export const scripted = defineAdapter({
  settings,
  runs: ({ thinkFor }) => (thinkFor > 0 ? 'remote' : 'inProcess'),
  timeout: ({ thinkFor }) => (thinkFor > 0 ? thinkFor + 30_000 : 5_000),
  create: createScriptedBot,
});

function readYaml(path: string): { raw: unknown } | { problem: string } {
  try {
    return { raw: parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    return { problem: `cannot read ${path}: ${why}` };
  }
}

export function createScriptedBot(script: Script): Bot {
  return {
    runs: script.thinkFor > 0 ? 'remote' : 'inProcess',
    async answer(turn, { signal }) {
      if (script.thinkFor > 0) await pause(script.thinkFor, signal);
      return answerTo(turn, script);
    },
  };
}

type Asked = Pick<BotTurn, 'burst' | 'memory'>;

/** Pure: same turn, same script, same answer. */
export function answerTo(turn: Asked, script: Script): BotAnswer {
  const said = turn.burst.map(({ body, payload }) => payload ?? body).join('\n');
  const hasGreeted = turn.memory['hasGreeted'] === true;
  const greeting = hasGreeted || !script.greet ? [] : [{ body: script.greet }];
  const knows = { hasGreeted: true, misses: 0 };

  if (mentions(said, script.handOverOn)) {
    const farewell = script.farewell ? [{ body: script.farewell }] : [];
    return { replies: farewell, handOver: { because: 'customerAsked' }, remember: knows };
  }
  const known = script.answers.find(({ when }) => mentions(said, when));
  if (known) return { replies: [...greeting, { body: known.say }], remember: knows };
  if (mentions(said, script.solvedOn)) {
    const goodbye = script.goodbye ? [{ body: script.goodbye }] : [];
    return { replies: goodbye, isSolved: true, remember: knows };
  }
  if (greeting.length > 0) return { replies: greeting, remember: knows };
  return doesNotKnow(turn, script);
}

function doesNotKnow(turn: Asked, script: Script): BotAnswer {
  const before = turn.memory['misses'];
  const misses = (typeof before === 'number' ? before : 0) + 1;
  if (misses < script.maxMisses) {
    return { replies: [{ body: script.dontKnow }], remember: { hasGreeted: true, misses } };
  }
  const farewell = script.farewell ? [{ body: script.farewell }] : [];
  const remember = { hasGreeted: true, misses: 0 };
  return { replies: farewell, handOver: { because: 'botGaveUp' }, remember };
}

function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, time);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('the question was withdrawn'));
    });
  });
}

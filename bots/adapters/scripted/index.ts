/**
 * The scripted bot: answers by keywords from a YAML file. It is the embedded default, and the bot of `npm
 * start`: it greets, answers questions, asks for missing values, offers choices, marks a matter as solved,
 * and hands over on request or when it does not know an answer twice in a row.
 *
 * Words are compared as whole words, ignoring case. `script.ts` defines the file's format, `answer.ts` the
 * behaviour.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { defineAdapter } from '../../adapter.js';
import type { Bot } from '../../bot.js';
import { passIssues } from '../../pass-issues.js';
import { answerTo } from './answer.js';
import { scriptSchema, type Script } from './script.js';

export { answerTo } from './answer.js';
export { scriptSchema, type Script } from './script.js';

/** The script itself, or the path of its YAML file. */
const settings = z.custom<string | z.input<typeof scriptSchema>>().transform((written, context) => {
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
      if (script.thinkFor > 0) await pause(script.thinkFor, undefined, { signal });
      return answerTo(turn, script);
    },
  };
}

/** `docs/bots.md` describes the contract as it is: its examples pass the schema, its tables name every field. */
import { describe, expect, it } from 'vitest';
import { adapters } from '../../bots/adapters/index.js';
import { answerSchema, turnSchema } from '../../bots/contract.js';
import { read } from '../harness/source-files.js';

const page = read('docs/bots.md');

function examples(kind: 'turn' | 'answer'): readonly unknown[] {
  const blocks = [...page.matchAll(new RegExp('^```json ' + kind + '\\n(.*?)^```$', 'gms'))];
  return blocks.map(([, body = '']) => JSON.parse(body) as unknown);
}

/** What is named in the first cells of the table under this heading. */
function named(heading: string): readonly string[] {
  const chapter = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const cells = [...chapter.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
}

describe('the contract', () => {
  it.each(examples('turn'))('a turn is one', (turn) => {
    expect(turnSchema.strict().parse(turn)).toEqual(turn);
  });

  it.each(examples('answer'))('an answer is one', (answer) => {
    expect(() => answerSchema.strict().parse(answer)).not.toThrow();
  });

  it('is documented field by field', () => {
    const asked = Object.keys(turnSchema.shape).filter((name) => name !== 'version');
    expect([...named('What a bot is asked')].sort()).toEqual(asked.sort());
    expect([...named('What a bot answers')].sort()).toEqual(Object.keys(answerSchema.shape).sort());
  });

  it('names every kind of bot', () => {
    expect([...named('Which bot, where')].sort()).toEqual([...adapters.keys()].sort());
  });
});

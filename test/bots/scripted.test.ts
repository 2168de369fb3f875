/** The scripted bot, by the script it is shipped with. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { BotMemory } from '../../bots/bot.js';
import { answerTo, scriptSchema } from '../../bots/adapters/scripted/index.js';
import { turnOf } from '../harness/turn.js';

const script = scriptSchema.parse(parse(readFileSync('bots/parcels.yaml', 'utf8')));

const turn = (memory: BotMemory, ...bodies: readonly string[]) => turnOf(bodies, { memory });

const greeted = { hasGreeted: true };
const says = (memory: BotMemory, ...bodies: readonly string[]) =>
  answerTo(turn(memory, ...bodies), script).replies.map(({ body }) => body);

describe('the scripted bot', () => {
  it('greets once, and answers in the same breath', () => {
    expect(says({}, 'hello')).toEqual([script.greet]);
    expect(says({}, 'where is my parcel?')).toEqual([script.greet, script.answers[0]?.say]);
    expect(says(greeted, 'where is my parcel?')).toEqual([script.answers[0]?.say]);
  });

  it('answers a burst as one', () => {
    expect(says(greeted, 'hm', 'when are you', 'OPEN?')).toEqual([script.answers[1]?.say]);
  });

  it('says when a matter is solved', () => {
    const answer = answerTo(turn(greeted, 'Thanks!'), script);
    expect(answer).toMatchObject({ replies: [{ body: script.goodbye }], isSolved: true });
  });

  it('hands over when asked, with its farewell', () => {
    const answer = answerTo(turn(greeted, 'a human please'), script);
    expect(answer).toMatchObject({
      replies: [{ body: script.farewell }],
      handOver: { because: 'customerAsked' },
    });
  });

  it('hands over when it does not know twice in a row', () => {
    const first = answerTo(turn(greeted, 'qwertz'), script);
    expect(first.replies).toEqual([{ body: script.dontKnow }]);
    const second = answerTo(turn(first.remember!, 'asdf'), script);
    expect(second.handOver).toEqual({ because: 'botGaveUp' });
    const between = answerTo(turn(first.remember!, 'my parcel'), script);
    expect(answerTo(turn(between.remember!, 'asdf'), script).handOver).toBeUndefined();
  });

  it('survives contents without words', () => {
    expect(says(greeted, '')).toEqual([script.dontKnow]);
  });
});

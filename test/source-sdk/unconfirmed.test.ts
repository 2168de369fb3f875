/**
 * A human is asked for, and the platform never confirms it: it is away, or takes everything and nothing
 * comes of it, or will not have it. The outside bot hears in time that nobody can be had, and somebody
 * is called; what gets through in the end is there once.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { searchAttributes } from '../../workflows/contract.js';
import { Stage } from './stage.js';

type Faults = Parameters<Stage['world']['doors']['faults']>[0];
const pushes = 'POST /realtime/sdk/*';

let stage: Stage;
afterEach(() => stage.close());

async function askUnder(faults: Faults): Promise<void> {
  stage = await Stage.open({ outside: { confirmWithin: '3s' } });
  stage.begin();
  await stage.world.doors.faults(faults);
  await stage.says('customer', 'm-1', 'A human, please.');
  await stage.handsOver();
}

async function untilRefused(because: string): Promise<void> {
  await stage.until(() => stage.bot.actions().includes('conversations.refused'));
  expect(stage.bot.heard[0]?.params).toMatchObject({ because });
  expect(stage.bot.badSignatures).toBe(0);
  await stage.until(async () => (await stage.card()).owedToBot === 0);
}

/** Asks again whenever it is refused: the platform is tried again in steps. */
async function untilWaiting(): Promise<void> {
  let asked = 1;
  await stage.until(async () => {
    const refused = stage.bot.actions().filter((one) => one === 'conversations.refused');
    if (refused.length === asked) {
      asked += 1;
      await stage.handsOver({ id: `h-${asked}` });
    }
    return stage.bot.actions().includes('conversations.waiting');
  });
}

/** What `BatonAttention` says of it. */
async function isRaised(): Promise<unknown> {
  const { typedSearchAttributes } = await stage.workflow.describe();
  return typedSearchAttributes.get(searchAttributes.attention);
}

describe('a handover the platform does not confirm', () => {
  it.each<[string, Faults]>([
    ['because it is away', { '5xx': { on: pushes } }],
    ['because it answers nothing', { 'lost-answer': { on: pushes } }],
    ['although it takes everything', { drop: 1 }],
  ])('%s: the outside bot hears so, and somebody is called', async (_, faults) => {
    await askUnder(faults);
    await untilRefused('handoverUnconfirmed');
    expect(await stage.card()).toMatchObject({ phase: 'bot', attention: 'handoverUnconfirmed' });
    expect(await isRaised()).toBe(true);
  });

  it('can be asked for again: nothing is there twice', async () => {
    await askUnder({ '5xx': { on: pushes } });
    await untilRefused('handoverUnconfirmed');
    await stage.world.doors.faults({});
    await untilWaiting();
    await stage.agent('reply', 'Good morning.');
    await stage.until(() => stage.bot.messages().length === 1);
    const contents = await stage.contents();
    expect(contents.filter((one) => one.startsWith('customer'))).toHaveLength(1);
    await stage.until(async () => (await stage.card()).attention === undefined);
    expect(await isRaised()).toBe(false);
  });

  it('once confirmed is the thread’s to end: the deadline is no more', async () => {
    await askUnder({});
    await stage.until(() => stage.bot.actions().includes('conversations.waiting'));
    // Longer than the deadline, by the only clock that counts.
    const { startTime } = await stage.workflow.describe();
    await stage.until(() => Date.now() > startTime.getTime() + 4_000);
    await stage.agent('reply', 'Good morning.');
    await stage.until(() => stage.bot.messages().length === 1);
    expect(stage.bot.actions()).not.toContain('conversations.refused');
  });
});

describe('a handover the platform refuses', () => {
  it('is said at once, and stays raised after the outside bot has heard it', async () => {
    await askUnder({ '422': { on: pushes } });
    await untilRefused('Refused');
    expect((await stage.card()).attention).toBe('Refused');
    expect(await isRaised()).toBe(true);
  });
});

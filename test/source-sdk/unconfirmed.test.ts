/**
 * A human is asked for, and the platform never confirms it: it is away, or takes everything and nothing
 * comes of it, or will not have it. The Source SDK bot hears in time that nobody can be had, and somebody
 * is called; what gets through in the end is there once. All of it side by side.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchAttributes } from '../../workflows/contract/index.js';
import { patient } from './config.js';
import { Stage } from './setup.js';

/** Long enough for what is confirmed to be confirmed before, on any machine. */
const options = { sourceSdk: { ...patient, confirmWithin: '15s' } };
const all = {
  ...{ confirmed: options, away: options, mute: options, takesAll: options },
  ...{ later: options, refusing: options },
};

let stages: Readonly<Record<keyof typeof all, Stage>>;

beforeAll(async () => {
  stages = await Stage.openAll(all);
  const { takesAll, confirmed, ...others } = stages;
  for (const stage of Object.values(stages)) stage.begin();
  await breakPushes(stages.away, stages.later);
  await confirmed.world.control.faults({ drop: 1 }, takesAll.conversation);
  // Whose deadline comes before all others' asks first.
  for (const stage of [confirmed, takesAll, ...Object.values(others)]) {
    await stage.says('customer', 'm-1', 'A human, please.');
    await stage.handsOver();
  }
});
afterAll(() => stages.away.close());

/** Pushes of these fail, besides those that are broken in their own ways from beginning to end. */
async function breakPushes(...failing: readonly Stage[]): Promise<void> {
  const { mute, refusing } = stages;
  await mute.world.control.faults({
    '5xx': { on: failing.map(({ pushes }) => pushes) },
    'lost-answer': { on: mute.pushes },
    '422': { on: refusing.pushes },
  });
}

async function untilRefused(stage: Stage, because: string): Promise<void> {
  await stage.until(() => stage.bot.actions().includes('conversations.refused'));
  expect(stage.bot.heard[0]?.params).toMatchObject({ because });
  expect(stage.bot.badSignatures).toBe(0);
  await stage.until(async () => (await stage.card()).pendingUpdates === 0);
}

/** Asks again whenever it is refused: the platform is tried again in steps. */
async function untilWaiting(stage: Stage): Promise<void> {
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
async function isRaised(stage: Stage): Promise<unknown> {
  const { typedSearchAttributes } = await stage.workflow.describe();
  return typedSearchAttributes.get(searchAttributes.attention);
}

describe.concurrent('a handover the platform does not confirm', () => {
  it.each([
    ['because it is away', 'away'],
    ['because it answers nothing', 'mute'],
    ['although it takes everything', 'takesAll'],
  ] as const)('%s: the Source SDK bot is notified, and attention is raised', async (_, name) => {
    const stage = stages[name];
    await untilRefused(stage, 'handoverUnconfirmed');
    expect(await stage.card()).toMatchObject({ phase: 'bot', attention: 'handoverUnconfirmed' });
    expect(await isRaised(stage)).toBe(true);
  });

  it('can be asked for again: nothing is there twice', async () => {
    const stage = stages.later;
    await untilRefused(stage, 'handoverUnconfirmed');
    await breakPushes(stages.away);
    await untilWaiting(stage);
    await stage.agent('reply', 'Good morning.');
    await stage.until(() => stage.bot.messages().length === 1);
    const contents = await stage.contents();
    expect(contents.filter((one) => one.startsWith('customer'))).toHaveLength(1);
    await stage.until(async () => (await stage.card()).attention === undefined);
    expect(await isRaised(stage)).toBe(false);
  });

  it('once confirmed is the thread’s to end: the deadline is no more', async () => {
    const stage = stages.confirmed;
    await stage.until(() => stage.bot.actions().includes('conversations.waiting'));
    // Who has asked after it has met the same deadline.
    await stages.away.until(() => stages.away.bot.actions().includes('conversations.refused'));
    await stage.agent('reply', 'Good morning.');
    await stage.until(() => stage.bot.messages().length === 1);
    expect(stage.bot.actions()).not.toContain('conversations.refused');
  });
});

describe.concurrent('a handover the platform refuses', () => {
  it('is raised at once, and stays raised after the Source SDK bot was notified', async () => {
    const stage = stages.refusing;
    await untilRefused(stage, 'Refused');
    expect((await stage.card()).attention).toBe('Refused');
    expect(await isRaised(stage)).toBe(true);
  });
});

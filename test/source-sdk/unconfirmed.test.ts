/**
 * A human is asked for, and the platform never confirms it: it is away, or takes everything and nothing
 * comes of it, or will not have it. The Source SDK bot is notified in time that nobody can be had, and somebody
 * is called; what gets through in the end is there once. All of it side by side.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchAttributes } from '../../workflows/contract/index.js';
import { patient } from './config.js';
import { SdkStack } from './setup.js';

/** Long enough for what is confirmed to be confirmed before, on any machine. */
const options = { sourceSdk: { ...patient, confirmWithin: '15s' } };
const all = {
  ...{ confirmed: options, away: options, mute: options, takesAll: options },
  ...{ later: options, refusing: options },
};

let stages: Readonly<Record<keyof typeof all, SdkStack>>;

beforeAll(async () => {
  stages = await SdkStack.openAll(all);
  const { takesAll, confirmed, ...others } = stages;
  for (const stack of Object.values(stages)) stack.begin();
  await breakPushes(stages.away, stages.later);
  await confirmed.world.control.faults({ drop: 1 }, takesAll.conversation);
  // Whose deadline comes before all others' asks first.
  for (const stack of [confirmed, takesAll, ...Object.values(others)]) {
    await stack.says('customer', 'm-1', 'A human, please.');
    await stack.handsOver();
  }
});
afterAll(() => stages.away.close());

/** Pushes of these fail, besides those that are broken in their own ways from beginning to end. */
async function breakPushes(...failing: readonly SdkStack[]): Promise<void> {
  const { mute, refusing } = stages;
  await mute.world.control.faults({
    '5xx': { on: failing.map(({ pushes }) => pushes) },
    'lost-answer': { on: mute.pushes },
    '422': { on: refusing.pushes },
  });
}

async function untilRefused(stack: SdkStack, because: string): Promise<void> {
  await stack.until(() => stack.bot.actions().includes('conversations.refused'));
  expect(stack.bot.handled[0]?.params).toMatchObject({ because });
  expect(stack.bot.badSignatures).toBe(0);
  await stack.until(async () => (await stack.card()).pendingUpdates === 0);
}

/** Asks again whenever it is refused: the platform is tried again in steps. */
async function untilWaiting(stack: SdkStack): Promise<void> {
  let asked = 1;
  await stack.until(async () => {
    const refused = stack.bot.actions().filter((one) => one === 'conversations.refused');
    if (refused.length === asked) {
      asked += 1;
      await stack.handsOver({ id: `h-${asked}` });
    }
    return stack.bot.actions().includes('conversations.waiting');
  });
}

/** What `BatonAttention` says of it. */
async function isRaised(stack: SdkStack): Promise<unknown> {
  const { typedSearchAttributes } = await stack.workflow.describe();
  return typedSearchAttributes.get(searchAttributes.attention);
}

describe.concurrent('a handover the platform does not confirm', () => {
  it.each([
    ['because it is away', 'away'],
    ['because it answers nothing', 'mute'],
    ['although it takes everything', 'takesAll'],
  ] as const)('%s: the Source SDK bot is notified, and attention is raised', async (_, name) => {
    const stack = stages[name];
    await untilRefused(stack, 'handoverUnconfirmed');
    expect(await stack.card()).toMatchObject({ phase: 'bot', attention: 'handoverUnconfirmed' });
    expect(await isRaised(stack)).toBe(true);
  });

  it('can be asked for again: nothing is there twice', async () => {
    const stack = stages.later;
    await untilRefused(stack, 'handoverUnconfirmed');
    await breakPushes(stages.away);
    await untilWaiting(stack);
    await stack.agent('reply', 'Good morning.');
    await stack.until(() => stack.bot.messages().length === 1);
    const contents = await stack.contents();
    expect(contents.filter((one) => one.startsWith('customer'))).toHaveLength(1);
    await stack.until(async () => (await stack.card()).attention === undefined);
    expect(await isRaised(stack)).toBe(false);
  });

  it('once confirmed is the thread’s to end: the deadline is no more', async () => {
    const stack = stages.confirmed;
    await stack.until(() => stack.bot.actions().includes('conversations.waiting'));
    // Who has asked after it has met the same deadline.
    await stages.away.until(() => stages.away.bot.actions().includes('conversations.refused'));
    await stack.agent('reply', 'Good morning.');
    await stack.until(() => stack.bot.messages().length === 1);
    expect(stack.bot.actions()).not.toContain('conversations.refused');
  });
});

describe.concurrent('a handover the platform refuses', () => {
  it('is raised at once, and stays raised after the Source SDK bot was notified', async () => {
    const stack = stages.refusing;
    await untilRefused(stack, 'Refused');
    expect((await stack.card()).attention).toBe('Refused');
    expect(await isRaised(stack)).toBe(true);
  });
});

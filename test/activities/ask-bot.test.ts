/** What a bot is given with a turn, and which of its errors end the turn. */
import { once } from 'node:events';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { createAskBot } from '../../activities/ask-bot.js';
import { BotError } from '../../bots/bot-error.js';
import type { Asking, Bot, BotTurn } from '../../bots/bot.js';
import type { Question } from '../../bots/answer-token.js';
import { attempt, failureOf, type SeenFailure } from '../harness/one-attempt.js';

class Broken extends BotError {
  override readonly name = 'Broken';
  readonly isFinal: boolean;
  override readonly retryAfter: number | undefined;
  constructor(isFinal: boolean, retryAfter?: number) {
    super('it is broken');
    this.isFinal = isFinal;
    this.retryAfter = retryAfter;
  }
}

const turn = { id: 'turn-7', episode: 2, deadline: 99 } as BotTurn;
const inTime = { scheduledTimestampMs: Date.now(), scheduleToCloseTimeoutMs: 600_000 };
const tooLate = { scheduledTimestampMs: 0, scheduleToCloseTimeoutMs: 1 };

type Given = {
  readonly answer?: Bot['answer'];
  readonly workflowId?: string;
  readonly time?: typeof inTime;
  readonly botName?: string;
  readonly silenced?: readonly string[];
};

function ask({ answer, workflowId = 'thread:d:t', time = inTime, ...given }: Given) {
  const bot: Bot = { runs: 'remote', answer: answer ?? (() => Promise.resolve({ replies: [] })) };
  const isInForce = ({ botName }: { botName: string }) =>
    Promise.resolve(given.silenced?.includes(botName) === true);
  const answerUrl = ({ workflowId: id, to, until }: Question) =>
    `https://baton/${id}/${to}/${until}`;
  const activity = createAskBot({
    ...{ bots: new Map([['ours', bot]]), emergencies: { isInForce }, answerUrl },
  });
  const { botName = 'ours' } = given;
  const info = { workflowExecution: { workflowId, runId: 'r' }, ...time };
  return attempt(activity, { sourceName: 'chat', botName, turn }, { info });
}

describe('a bot is given', () => {
  async function given(workflowId: string): Promise<Asking> {
    let asking: Asking | undefined;
    const answer: Bot['answer'] = (_, one) => {
      asking = one;
      return Promise.resolve({ replies: [] });
    };
    await ask({ answer, workflowId, silenced: ['other'] });
    if (!asking) throw new Error('it was not asked');
    return asking;
  }

  it('where a late answer goes, and whom it may ask', async () => {
    const { callbackUrl, mayTalk } = await given('thread:d:t');
    expect(callbackUrl).toBe('https://baton/thread:d:t/turn-7/99');
    expect([await mayTalk?.('other'), await mayTalk?.('third')]).toEqual([false, true]);
  });
  it('a name for the conversation, which is no other thread’s', async () => {
    const [one, again, other] = [await given('a'), await given('a'), await given('b')];
    expect(one.conversationId).toMatch(/^[0-9a-f]{64}$/);
    expect(again.conversationId).toBe(one.conversationId);
    expect(other.conversationId).not.toBe(one.conversationId);
  });
});

describe('an error', () => {
  const failing = (error: Error | undefined, more: Given = {}) =>
    failureOf(ask({ answer: () => Promise.reject(error ?? new Error('none')), ...more }));
  const retryable = ApplicationFailure.retryable('later', 'Later');

  it.each<[string, Error, SeenFailure]>([
    ['that is final', new Broken(true), { type: 'Broken', isFinal: true }],
    [
      'with a pause',
      new Broken(false, 7_000),
      { type: 'Broken', isFinal: false, retryAfter: 7_000 },
    ],
    ['of another kind', retryable, { type: 'Later', isFinal: false }],
  ])('%s', async (_, error, failure) => {
    expect(await failing(error)).toStrictEqual(failure);
  });
  it('without a pause is thrown as it is, for the policy of retries', async () => {
    const error = new Broken(false);
    await expect(ask({ answer: () => Promise.reject(error) })).rejects.toBe(error);
  });

  it.each([new Error('any'), new Broken(false, 7_000), retryable])(
    'after the turn’s budget is the last: %s',
    async (error) => {
      expect(await failing(error, { time: tooLate })).toEqual({ type: 'Timeout', isFinal: true });
    },
  );
  it('that was final keeps its name after the budget', async () => {
    const more: Given = { botName: 'nobody', time: tooLate };
    expect(await failing(undefined, more)).toEqual({ type: 'UnknownBot', isFinal: true });
  });
  it('of an emergency ends the turn before the bot is asked', async () => {
    const asked = failureOf(ask({ silenced: ['ours'] }));
    expect(await asked).toEqual({ type: 'Emergency', isFinal: true });
  });
});

it('a bot that thinks for long is known to be alive', async () => {
  const environment = new MockActivityEnvironment();
  const answer: Bot['answer'] = async () => {
    await once(environment, 'heartbeat');
    return { replies: [{ body: 'Welcome!' }] };
  };
  const emergencies = { isInForce: () => Promise.resolve(false) };
  const bots = new Map<string, Bot>([['ours', { runs: 'remote', answer }]]);
  const input = { sourceName: 'chat', botName: 'ours', turn };
  const answered: unknown = await environment.run(createAskBot({ bots, emergencies }), input);
  expect(answered).toEqual({ replies: [{ body: 'Welcome!' }] });
}, 20_000);

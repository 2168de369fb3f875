/** A reply that can be sent only hours later: as it is, asked anew, with an apology, or by a human. */
import { describe, expect, it } from 'vitest';
import type { BotAnswer } from '../../../bots/bot.js';
import type { LateReplies, SourceSettings } from '../../../workflows/contract/source-settings.js';
import type { PostReplyOutcome } from '../../../workflows/contract/work.js';
import { PlayedRun, type Around } from '../../harness/played-core.js';

const [second, minute, hour] = [1_000, 60_000, 60 * 60_000];
const notSent = { is: 'notSent', code: 'Engage.PlatformFailed', retryAfter: 2_000 } as const;
const choices = ['send', 'askAgain', 'apologise', 'handOver'] as const;

type Outage = { readonly run: PlayedRun; readonly end: () => PlayedRun };

/** The customer has asked, and for this time the platform takes no reply. */
function outage(
  choice: LateReplies['do'] | undefined,
  time: number,
  { settings = {}, ...around }: Around & { settings?: Partial<SourceSettings> } = {},
): Outage {
  let isDown = true;
  const late = choice && { lateReplies: { after: 30 * minute, do: choice, say: 'SORRY FOR THAT' } };
  const run = new PlayedRun(
    { ...late, ...settings },
    { post: () => (isDown ? notSent : undefined), answer: numbered(), ...around },
  );
  run.says('where is my parcel?');
  run.pass(time);
  const end = () => {
    isDown = false;
    run.pass(10 * minute);
    return run;
  };
  return { run, end };
}

/** The bot numbers its answers. */
function numbered(): () => BotAnswer {
  let count = 0;
  return () => {
    count += 1;
    return { replies: [{ body: `ANSWER ${count}` }] };
  };
}

/** What the customer has, in order. */
function received({ state }: PlayedRun): readonly string[] {
  return state.conversation.record.filter(({ by }) => by === 'bot').map(({ body }) => body);
}

describe('a reply that waited three hours', () => {
  it.each([
    [undefined, ['ANSWER 1'], 'bot'],
    ['send', ['ANSWER 1'], 'bot'],
    ['askAgain', ['ANSWER 2'], 'bot'],
    ['apologise', ['SORRY FOR THAT', 'ANSWER 1'], 'bot'],
    ['handOver', ['HANDOVER'], 'handover'],
  ] as const)('with the choice %s: %j, phase %s', (choice, texts, phase) => {
    const run = outage(choice, 3 * hour).end();
    expect([received(run), run.state.ownership.phase]).toEqual([texts, phase]);
    expect(run.state.outbox.items).toEqual([]);
    expect(run.state.conversation.unanswered.length).toBe(phase === 'bot' ? 0 : 1);
    expect(run.state.report.attention).toEqual([]);
  });

  it('is asked anew as another question, which a bot does not take for a repetition', () => {
    const run = outage('askAgain', 3 * hour).end();
    const [first, second, ...more] = run.asked;
    expect(more).toEqual([]);
    expect(second?.burst).toEqual(first?.burst);
    expect(second?.id).not.toBe(first?.id);
  });

  it.each(choices)('says why in the log: %s', (choice) => {
    const { log } = outage(choice, 3 * hour).end().state.report;
    const logged = log.flatMap((one) => (one.code === 'replyLate' ? [one.do] : []));
    expect(logged).toEqual(choice === 'send' ? [] : [choice]);
  });
});

describe('while the platform is down', () => {
  it.each(choices)('nothing is decided: %s', (choice) => {
    const { run } = outage(choice, 3 * hour);
    expect([run.asked.length, run.state.ownership.phase]).toEqual([1, 'bot']);
    expect(run.state.outbox.items).toHaveLength(1);
  });
});

it.each(choices)('a reply that waited less is sent: %s', (choice) => {
  expect(received(outage(choice, 20 * minute).end())).toEqual(['ANSWER 1']);
});

describe('asked anew while only posts fail, as by a rule that does not look at the platform first', () => {
  /** The platform shows the thread and takes no post. */
  function onlyPostsFail(): PlayedRun {
    const late = { after: 30 * minute, do: 'askAgain', say: '' } as const;
    const run: PlayedRun = new PlayedRun(
      { lateReplies: late },
      { answer: numbered(), post: () => lateOr(run) },
    );
    run.says('where is my parcel?');
    return run;
  }
  const lateOr = (run: PlayedRun): PostReplyOutcome => {
    const work = run.state.outbox.inFlight;
    const isLate = work?.do === 'postReply' && work.input.isLate;
    return isLate ? { is: 'late' } : notSent;
  };

  it('negative control: the bot is asked all the while, once in the time after which a reply is late', () => {
    const run = onlyPostsFail().pass(3 * hour);
    expect(run.asked.length).toBeLessThanOrEqual(6);
    expect(run.asked.length).toBeGreaterThan(3);
    expect(new Set(run.asked.map(({ id }) => id)).size).toBe(run.asked.length);
  });

  it('the reply is given up after `giveUpAfter` all the same', () => {
    const run = onlyPostsFail().pass(23 * hour);
    expect(run.state.report.attention).toEqual([]);
    run.pass(2 * hour);
    expect(run.state.report.attention).toMatchObject([{ code: 'replyUndelivered' }]);
    expect(run.state.ownership.phase).toBe('handover');
  });
});

describe('a turn that has begun to speak', () => {
  it.each([
    ['askAgain', ['ONE', 'TWO']],
    ['apologise', ['ONE', 'SORRY FOR THAT', 'TWO']],
  ] as const)('is not asked anew, and the rest is sent: %s', (choice, texts) => {
    let taken = 0;
    let isDown = true;
    const run = new PlayedRun(
      { lateReplies: { after: 30 * minute, do: choice, say: 'SORRY FOR THAT' } },
      {
        answer: () => ({ replies: [{ body: 'ONE' }, { body: 'TWO' }] }),
        post: () => (isDown && (taken += 1) > 1 ? notSent : undefined),
      },
    );
    run.says();
    run.pass(hour);
    isDown = false;
    run.pass(10 * minute);
    expect([received(run), run.asked.length]).toEqual([texts, 1]);
  });
});

it('handed over: the note to the agent says why', () => {
  const settings = { handoverNote: '{bot}: {why}', openIntervention: 'first' } as const;
  const run = outage('handOver', 3 * hour, { settings }).end();
  const notes = run.works.flatMap((one) => (one.do === 'leaveNote' ? [one.input.body] : []));
  expect(notes[0]).toMatch(/: the bot’s reply came too late$/m);
});

it('handed over, and nobody is there: the bot keeps the thread and sends the late reply', () => {
  const closed = { do: 'stayWithBot', say: 'CLOSED' } as const;
  const availability = { whenClosed: closed, whenNobodyIsThere: closed };
  const run = outage('handOver', 3 * hour, {
    settings: { availability, policies: ['check-business-hours', 'reopen-to-bot'] },
    availability: { isOpen: false, agents: 'unknown' },
  }).end();
  expect([received(run), run.state.ownership.phase]).toEqual([['ANSWER 1'], 'bot']);
});

it('a human who takes the thread meanwhile ends the reply, whatever the choice', () => {
  for (const choice of choices) {
    const { run, end } = outage(choice, 3 * hour);
    run.agentSays().pass(second);
    expect(received(end())).toEqual([]);
    expect(run.state.ownership.phase).toBe('agent');
  }
});

/** The account's calls, paced: by a clock of the test's own, and against one that does not pace. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace, type Pace } from '../../engage/pace.js';

const minute = 60_000;
const limit = 500;
/** How long the platform takes to answer. */
const answer = 300;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Made = { readonly what: string; readonly at: number };

/** A platform that counts a call at any moment between it is made and it is answered. */
function calling(pace: Pace, late = () => 0) {
  const made: Made[] = [];
  const call = (what: string, urgency = 3) =>
    pace.inTurn(urgency, async () => {
      const after = late();
      await new Promise((resolve) => setTimeout(resolve, after));
      made.push({ what, at: Date.now() });
      await new Promise((resolve) => setTimeout(resolve, answer - after));
    });
  return { made, call };
}

function busiest(made: readonly Made[]): number {
  const within = ({ at: from }: Made) =>
    made.filter(({ at }) => at >= from && at < from + minute).length;
  return Math.max(...made.map(within));
}

const backlog = (call: (what: string) => Promise<void>, count: number) =>
  Array.from({ length: count }, (_, at) => call(`${at}`));

describe('with a backlog', () => {
  it('the budget is used, and never exceeded in any sliding minute', async () => {
    const { made, call } = calling(createPace({ perMinute: limit, now: Date.now }));
    const began = Date.now();
    void backlog(call, 4 * limit);
    await vi.advanceTimersByTimeAsync(3 * minute);
    const after = made.filter(({ at }) => at >= began + minute && at < began + 3 * minute);
    expect(after.length / (2 * limit)).toBeGreaterThanOrEqual(0.97);
    expect(busiest(made)).toBeLessThanOrEqual(limit);
  });

  it('nor where calls arrive late and together, which spacing alone does not prevent', async () => {
    // Whatever is made within a quarter of a second arrives at its end.
    const late = () => 250 - (Date.now() % 250);
    const { made, call } = calling(createPace({ perMinute: limit, now: Date.now }), late);
    void backlog(call, 3 * limit);
    await vi.advanceTimersByTimeAsync(2.5 * minute);
    expect(made.length).toBeGreaterThan(2 * limit);
    expect(busiest(made)).toBeLessThanOrEqual(limit);
  });

  it('what is urgent waits for two calls at most, not for the backlog', async () => {
    const { made, call } = calling(createPace({ perMinute: limit, now: Date.now }));
    void backlog(call, 2 * limit);
    await vi.advanceTimersByTimeAsync(minute / 2);
    const asked = Date.now();
    void call('a reply', 1);
    await vi.advanceTimersByTimeAsync(1_000);
    const reply = made.find(({ what }) => what === 'a reply');
    expect((reply?.at ?? Infinity) - asked).toBeLessThanOrEqual((2 * minute) / limit + 2);
  });

  it('what is urgent takes nobody’s place', async () => {
    const { made, call } = calling(createPace({ perMinute: limit, now: Date.now }));
    void backlog(call, limit);
    void call('a reply', 1);
    await vi.advanceTimersByTimeAsync(2 * minute);
    expect(made).toHaveLength(limit + 1);
  });

  it('the budget of a platform that answers slowly is used as well', async () => {
    const slow = 10_000;
    const pace = createPace({ perMinute: limit, now: Date.now });
    const made: Made[] = [];
    for (let at = 0; at < 5 * limit; at += 1)
      void pace.inTurn(3, async () => {
        await new Promise((resolve) => setTimeout(resolve, slow));
        made.push({ what: `${at}`, at: Date.now() });
      });
    // A call counts from its start until a minute after its answer.
    await vi.advanceTimersByTimeAsync(4 * (minute + slow) + slow);
    expect(made.length / (4 * limit)).toBeGreaterThanOrEqual(0.97);
    expect(busiest(made)).toBeLessThanOrEqual(limit);
  });

  it('equals go in the order they came', async () => {
    const { made, call } = calling(createPace({ perMinute: limit, now: Date.now }));
    void backlog(call, 40);
    await vi.advanceTimersByTimeAsync(minute);
    expect(made.map(({ what }) => Number(what))).toEqual(Array.from({ length: 40 }, (_, at) => at));
  });
});

it('where there is nothing else to do, a reply’s calls do not wait', async () => {
  const { made, call } = calling(createPace({ perMinute: limit, now: Date.now }));
  const asked = Date.now();
  void backlog(call, 3);
  await vi.advanceTimersByTimeAsync(answer);
  expect(made.map(({ at }) => at - asked)).toEqual([0, 0, 0]);
});

it('a call that fails has had its turn, and says how', async () => {
  const pace = createPace({ perMinute: limit, now: Date.now });
  const failed = expect(pace.inTurn(1, () => Promise.reject(new Error('no')))).rejects.toThrow(
    'no',
  );
  await vi.advanceTimersByTimeAsync(1);
  await failed;
  await expect(pace.inTurn(1, () => Promise.resolve('yes'))).resolves.toBe('yes');
});

describe('calls that belong together', () => {
  const together = { calls: 2, within: minute };

  /** Looks, and then does; others are in line before and behind. */
  async function lookAndDo(pace: Pace, of?: typeof together) {
    const { call } = calling(pace);
    void backlog(call, 2 * limit);
    await vi.advanceTimersByTimeAsync(minute);
    const at: number[] = [];
    const one = () =>
      pace.inTurn(2, () => {
        at.push(Date.now());
        return Promise.resolve();
      });
    const both = async () => {
      await one();
      // Half of what may be made is another process's from here on: the line stands still.
      pace.shareAmong(2);
      await one();
    };
    void (of ? pace.inTurn(2, both, of) : both());
    await vi.advanceTimersByTimeAsync(2 * minute);
    return (at[1] ?? Infinity) - (at[0] ?? 0);
  }

  it('reserve their budget before the first: no call queues between a read and its write', async () => {
    expect(await lookAndDo(createPace({ perMinute: limit, now: Date.now }), together)).toBe(0);
  });

  it('negative control: each by itself, the deed comes long after the look', async () => {
    const apart = await lookAndDo(createPace({ perMinute: limit, now: Date.now }));
    expect(apart).toBeGreaterThan(minute / 4);
  });

  it('are within the limit like any other, and what is not made of them is given back', async () => {
    const pace = createPace({ perMinute: limit, now: Date.now });
    const { made, call } = calling(pace);
    const pair = (at: number) =>
      pace.inTurn(3, () => call(`${at}`), { calls: 3, within: 10 * minute });
    for (let at = 0; at < 3 * limit; at += 1) void pair(at);
    const began = Date.now();
    await vi.advanceTimersByTimeAsync(3 * minute);
    expect(busiest(made)).toBeLessThanOrEqual(limit);
    const after = made.filter(({ at }) => at >= began + minute);
    expect(after.length / (2 * limit)).toBeGreaterThanOrEqual(0.9);
  });

  it('are not waited for longer than they are worth', async () => {
    const pace = createPace({ perMinute: limit, now: Date.now });
    const { call } = calling(pace);
    void backlog(call, 2 * limit);
    await vi.advanceTimersByTimeAsync(1_000);
    const run = vi.fn(() => Promise.resolve());
    const refused = expect(pace.inTurn(5, run, { calls: 2, within: 5_000 })).rejects.toThrow(
      'a turn',
    );
    await vi.advanceTimersByTimeAsync(5_000);
    await refused;
    await vi.advanceTimersByTimeAsync(5 * minute);
    expect(run).not.toHaveBeenCalled();
  });
});

it('processes that share it are together within the limit', async () => {
  const paces = [1, 2, 3].map(() => createPace({ perMinute: limit, now: Date.now }));
  const all = paces.map((pace) => {
    pace.shareAmong(paces.length);
    return calling(pace);
  });
  for (const { call } of all) void backlog(call, limit);
  await vi.advanceTimersByTimeAsync(2 * minute);
  expect(busiest(all.flatMap(({ made }) => made))).toBeLessThanOrEqual(limit);
});

/** Gives away a whole minute's calls, and as many again when the next one begins. */
function byTheMinute(): Pace {
  let [left, since] = [limit, Date.now()];
  return {
    shareAmong: () => undefined,
    async inTurn(_, call) {
      while (left === 0) {
        await new Promise((resolve) => setTimeout(resolve, since + minute - Date.now()));
        if (Date.now() >= since + minute) [left, since] = [limit, since + minute];
      }
      left -= 1;
      return call();
    },
  };
}

it('negative control: one that counts by the minute is over in a sliding one', async () => {
  const { made, call } = calling(byTheMinute());
  await vi.advanceTimersByTimeAsync(0.9 * minute);
  void backlog(call, 2 * limit);
  await vi.advanceTimersByTimeAsync(minute);
  expect(made.length).toBe(2 * limit);
  expect(busiest(made)).toBeGreaterThan(limit);
});

/** A sweep asks every thread until it has answered, gives up in time, and counts each once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  newSweep,
  nextInSweep,
  remainingIn,
  takeAnswers,
  takeFound,
  tryAgain,
  type Sweep,
} from '../../../workflows/emergency/scan.js';
import type { MoveAnswer } from '../../../workflows/contract/emergency.js';

const start = 1_000_000;

function found(...workflowIds: readonly string[]) {
  return { workflowIds, total: workflowIds.length, there: [] };
}

function askedIn(sweep: Sweep, now: number): readonly string[] {
  const step = nextInSweep(sweep, now);
  return step.do === 'move' ? step.asked.map(({ workflowId }) => workflowId) : [];
}

const moved = (workflowId: string): MoveAnswer => ({ workflowId, is: 'moved' });
const unreached = (workflowId: string): MoveAnswer => ({
  workflowId,
  is: 'unreached',
  code: 'away',
});

describe('a sweep', () => {
  it('searches first, asks at most twenty at once, and searches again when all have answered', () => {
    const ids = Array.from({ length: 25 }, (_, i) => `thread-${i}`);
    let sweep = newSweep(start);
    expect(nextInSweep(sweep, start)).toEqual({ do: 'search' });
    sweep = takeFound(sweep, found(...ids), start);
    expect(askedIn(sweep, start)).toEqual(ids.slice(0, 20));
    sweep = takeAnswers(sweep, ids.slice(0, 12).map(moved), start);
    expect(askedIn(sweep, start)).toEqual(ids.slice(12));
    sweep = takeAnswers(sweep, ids.slice(12).map(moved), start);
    expect(nextInSweep(sweep, start)).toEqual({ do: 'wait', until: start + 2_000 });
    expect(sweep).toMatchObject({ moved: 25, pending: [] });
  });

  it('asks one that cannot be reached later and later, with the same question, then gives up', () => {
    let sweep = takeFound(newSweep(start), found('a'), start);
    let now = start;
    while (sweep.failed.length === 0) {
      const step = nextInSweep(sweep, now);
      if (step.do === 'wait') {
        now = step.until;
      } else if (step.do === 'search') {
        sweep = takeFound(sweep, found('a'), now);
      } else {
        expect(step.asked).toEqual([{ workflowId: 'a', time: 0 }]);
        sweep = takeAnswers(sweep, [unreached('a')], now);
      }
    }
    expect(now - start).toBe(4_000 + 8_000 + 16_000 + 32_000 + 60_000 + 60_000);
    expect(sweep.failed).toEqual([{ workflowId: 'a', code: 'away' }]);
    expect(remainingIn(sweep)).toBe(0);
    expect(askedIn(takeFound(sweep, found('a'), now), now)).toEqual([]);
  });

  it('gives the failed one more chance, with a new question', () => {
    const refused: MoveAnswer = { workflowId: 'a', is: 'refused', code: 'notPlaced' };
    let sweep = takeFound(newSweep(start), found('a'), start);
    sweep = tryAgain(takeAnswers(sweep, [refused], start), start);
    expect(nextInSweep(sweep, start)).toEqual({
      do: 'move',
      asked: [{ workflowId: 'a', time: 1 }],
    });
    expect(takeAnswers(sweep, [moved('a')], start)).toMatchObject({ moved: 1, failed: [] });
  });

  it('asks one that has come back with a new question, and counts it once', () => {
    let sweep = takeAnswers(takeFound(newSweep(start), found('a'), start), [moved('a')], start);
    sweep = takeFound(sweep, found('a'), start);
    expect(nextInSweep(sweep, start)).toMatchObject({ asked: [{ workflowId: 'a', time: 1 }] });
    expect(takeAnswers(sweep, [moved('a')], start)).toMatchObject({ moved: 1, left: 0 });
  });

  it('counts those who went by themselves, once', () => {
    const there = { workflowIds: ['a'], total: 1, there: ['a', 'b', 'c'] };
    const sweep = takeFound(takeFound(newSweep(start), there, start), there, start);
    expect(takeAnswers(sweep, [moved('a')], start).moved).toBe(3);
  });

  it('knows of those it has not taken in yet', () => {
    const sweep = takeFound(newSweep(start), { ...found('a'), total: 7_000 }, start);
    expect(remainingIn(sweep)).toBe(7_000);
  });
});

it('each thread is counted as one thing, whatever is found and answered', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const answer = fc.constantFrom('moved', 'left', 'refused', 'unreached');
  const happening = fc.oneof(
    fc.record({ ids: fc.uniqueArray(id), there: fc.uniqueArray(id) }),
    fc.record({ answers: fc.array(answer, { minLength: 1, maxLength: 4 }) }),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      let now = start;
      let sweep = newSweep(now);
      for (const one of happenings) {
        now += 3_000;
        sweep = 'ids' in one ? find(sweep, one.ids, one.there, now) : ask(sweep, one.answers, now);
        const { pending, retries, known, failed } = sweep;
        const failedIds = failed.map(({ workflowId }) => workflowId);
        expect(new Set(known).size).toBe(known.length);
        expect(sweep.moved).toBe(known.length);
        expect(new Set(failedIds).size).toBe(failedIds.length);
        expect(failedIds.filter((one) => [...known, ...pending].includes(one))).toEqual([]);
        expect(pending.filter((one) => Object.hasOwn(retries, one))).toEqual([]);
        expect(new Set(pending).size).toBe(pending.length);
      }
    }),
  );
});

function find(sweep: Sweep, ids: readonly string[], there: readonly string[], now: number): Sweep {
  const apart = there.filter((one) => !ids.includes(one));
  return takeFound(sweep, { workflowIds: ids, total: ids.length, there: apart }, now);
}

function ask(sweep: Sweep, answers: readonly string[], now: number): Sweep {
  const given = askedIn(sweep, now).slice(0, answers.length);
  return takeAnswers(
    sweep,
    given.map((workflowId, i) => ({ workflowId, is: answers[i], code: 'why' }) as MoveAnswer),
    now,
  );
}

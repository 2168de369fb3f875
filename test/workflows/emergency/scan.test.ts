/** A scan asks every thread until it has answered, gives up in time, and counts each once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  newScan,
  nextInScan,
  remainingIn,
  applyAnswers,
  applyFound,
  tryAgain,
  type Scan,
} from '../../../workflows/emergency/scan.js';
import type { MoveAnswer } from '../../../workflows/contract/emergency.js';

const start = 1_000_000;

function found(...workflowIds: readonly string[]) {
  return { workflowIds, total: workflowIds.length, there: [] };
}

function askedIn(scan: Scan, now: number): readonly string[] {
  const step = nextInScan(scan, now);
  return step.do === 'move' ? step.asked.map(({ workflowId }) => workflowId) : [];
}

const moved = (workflowId: string): MoveAnswer => ({ workflowId, is: 'moved' });
const unreached = (workflowId: string): MoveAnswer => ({
  workflowId,
  is: 'unreached',
  code: 'away',
});

describe('a scan', () => {
  it('searches first, asks at most twenty at once, and searches again when all have answered', () => {
    const ids = Array.from({ length: 25 }, (_, i) => `thread-${i}`);
    let scan = newScan(start);
    expect(nextInScan(scan, start)).toEqual({ do: 'search' });
    scan = applyFound(scan, found(...ids), start);
    expect(askedIn(scan, start)).toEqual(ids.slice(0, 20));
    scan = applyAnswers(scan, ids.slice(0, 12).map(moved), start);
    expect(askedIn(scan, start)).toEqual(ids.slice(12));
    scan = applyAnswers(scan, ids.slice(12).map(moved), start);
    expect(nextInScan(scan, start)).toEqual({ do: 'wait', until: start + 2_000 });
    expect(scan).toMatchObject({ moved: 25, pending: [] });
  });

  it('asks one that cannot be reached later and later, with the same question, then gives up', () => {
    let scan = applyFound(newScan(start), found('a'), start);
    let now = start;
    while (scan.failed.length === 0) {
      const step = nextInScan(scan, now);
      if (step.do === 'wait') {
        now = step.until;
      } else if (step.do === 'search') {
        scan = applyFound(scan, found('a'), now);
      } else {
        expect(step.asked).toEqual([{ workflowId: 'a', time: 0 }]);
        scan = applyAnswers(scan, [unreached('a')], now);
      }
    }
    expect(now - start).toBe(4_000 + 8_000 + 16_000 + 32_000 + 60_000 + 60_000);
    expect(scan.failed).toEqual([{ workflowId: 'a', code: 'away' }]);
    expect(remainingIn(scan)).toBe(0);
    expect(askedIn(applyFound(scan, found('a'), now), now)).toEqual([]);
  });

  it('gives the failed one more chance, with a new question', () => {
    const refused: MoveAnswer = { workflowId: 'a', is: 'refused', code: 'notPlaced' };
    let scan = applyFound(newScan(start), found('a'), start);
    scan = tryAgain(applyAnswers(scan, [refused], start), start);
    expect(nextInScan(scan, start)).toEqual({
      do: 'move',
      asked: [{ workflowId: 'a', time: 1 }],
    });
    expect(applyAnswers(scan, [moved('a')], start)).toMatchObject({ moved: 1, failed: [] });
  });

  it('asks one that has come back with a new question, and counts it once', () => {
    let scan = applyAnswers(applyFound(newScan(start), found('a'), start), [moved('a')], start);
    scan = applyFound(scan, found('a'), start);
    expect(nextInScan(scan, start)).toMatchObject({ asked: [{ workflowId: 'a', time: 1 }] });
    expect(applyAnswers(scan, [moved('a')], start)).toMatchObject({ moved: 1, left: 0 });
  });

  it('counts those who went by themselves, once', () => {
    const there = { workflowIds: ['a'], total: 1, there: ['a', 'b', 'c'] };
    const scan = applyFound(applyFound(newScan(start), there, start), there, start);
    expect(applyAnswers(scan, [moved('a')], start).moved).toBe(3);
  });

  it('knows of those it has not taken in yet', () => {
    const scan = applyFound(newScan(start), { ...found('a'), total: 7_000 }, start);
    expect(remainingIn(scan)).toBe(7_000);
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
      let scan = newScan(now);
      for (const one of happenings) {
        now += 3_000;
        scan = 'ids' in one ? find(scan, one.ids, one.there, now) : ask(scan, one.answers, now);
        const { pending, retries, movedIds, failed } = scan;
        const failedIds = failed.map(({ workflowId }) => workflowId);
        expect(new Set(movedIds).size).toBe(movedIds.length);
        expect(scan.moved).toBe(movedIds.length);
        expect(new Set(failedIds).size).toBe(failedIds.length);
        expect(failedIds.filter((one) => [...movedIds, ...pending].includes(one))).toEqual([]);
        expect(pending.filter((one) => Object.hasOwn(retries, one))).toEqual([]);
        expect(new Set(pending).size).toBe(pending.length);
      }
    }),
  );
});

function find(scan: Scan, ids: readonly string[], there: readonly string[], now: number): Scan {
  const apart = there.filter((one) => !ids.includes(one));
  return applyFound(scan, { workflowIds: ids, total: ids.length, there: apart }, now);
}

function ask(scan: Scan, answers: readonly string[], now: number): Scan {
  const given = askedIn(scan, now).slice(0, answers.length);
  return applyAnswers(
    scan,
    given.map((workflowId, i) => ({ workflowId, is: answers[i], code: 'why' }) as MoveAnswer),
    now,
  );
}

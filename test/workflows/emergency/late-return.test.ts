/**
 * A thread that learns of an emergency only after the return of the others, because no worker ran: the searches
 * that follow find it, and they come to an end.
 */
import { expect, it } from 'vitest';
import { applyAnswers } from '../../../workflows/emergency/scan.js';
import {
  afterSearch,
  changeScan,
  declare,
  end,
  nextStep,
  type EmergencyState,
} from '../../../workflows/emergency/state.js';
import { describeDeclaration } from '../../../workflows/emergency/view.js';

const minute = 60_000;
const hour = 60 * minute;
const act = { scope: { all: true }, by: 'olga', why: 'wrong prices' } as const;
const isReturned = (state: EmergencyState) =>
  state.every((one) => describeDeclaration(one).back?.isDone === true);

/** Ends an emergency at time 0. Threads wait for the return from these times on. */
function played(
  waitingFrom: Readonly<Record<string, number>>,
  stops: (state: EmergencyState) => boolean = () => false,
) {
  let state = end(declare([], act, -hour), act, 0);
  const left = new Map(Object.entries(waitingFrom));
  let now = 0;
  for (;;) {
    const step = nextStep(state, now);
    if (!step || stops(state)) return { left: [...left.keys()], now };
    const { do: what } = step;
    if (what === 'wait') {
      now = step.until;
      continue;
    }
    const { of, way } = step;
    if (what === 'search') {
      const ids = [...left].filter(([, from]) => from <= now).map(([id]) => id);
      const found = { workflowIds: ids, total: ids.length, there: [], waiting: ids.length };
      state = changeScan(state, of.id, way, (scan) => afterSearch(way, scan, found, now));
    } else {
      const answers = step.asked.map(({ workflowId }) => ({ workflowId, is: 'moved' as const }));
      for (const { workflowId } of answers) left.delete(workflowId);
      state = changeScan(state, of.id, way, (scan) => applyAnswers(scan, answers, now));
    }
  }
}

it.each([0, minute, 30 * minute, 5 * hour, 30 * hour])(
  'waiting from %d ms on, it returns',
  (at) => {
    const { left, now } = played({ early: 0, late: at });
    expect(left).toEqual([]);
    expect(now).toBeGreaterThan(24 * hour);
    expect(now).toBeLessThan(70 * hour);
  },
);

it('the return counts as done before the later searches', () => {
  let doneAt: number | undefined;
  played({ early: 0 }, (state) => {
    if (isReturned(state)) doneAt ??= 1;
    return false;
  });
  expect(doneAt).toBe(1);
});

it('negative control: one that searches no more after the return leaves the thread waiting', () => {
  expect(played({ early: 0, late: 30 * minute }, isReturned).left).toEqual(['late']);
});

/** Work on many threads: finding and moving them in an emergency, and rebuilding those whose run was ended. */
import type { LogEntry } from '@temporalio/worker';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFindEndedRun, createRebuildEndedThreads } from '../../activities/ended-runs.js';
import { createFindThreads } from '../../activities/find-threads.js';
import { createMoveThreads } from '../../activities/move-threads.js';
import type { AskToMove, Ports } from '../../activities/ports.js';
import type { ThreadSearch } from '../../workflows/contract/index.js';
import { attempt } from '../harness/one-attempt.js';

const ids = (count: number) => Array.from({ length: count }, (_, i) => `thread-${i}`);

describe('finding threads', () => {
  const search: ThreadSearch = { phase: 'bot' };
  const waiting: ThreadSearch = { phase: 'handover', reason: 'emergency' };

  function find(way: 'toHumans' | 'back', counts: { searched: number; waiting: number }) {
    const countOf = (one: ThreadSearch) => (one === search ? counts.searched : counts.waiting);
    const runningThreads: Ports['runningThreads'] = {
      find: (one, limit) => Promise.resolve(ids(Math.min(countOf(one), limit))),
      count: (one) => Promise.resolve(countOf(one)),
      ask: () => Promise.reject(new Error('it only reads')),
    };
    return attempt(createFindThreads({ runningThreads }), { way, search, waiting });
  }

  it('to humans also brings those that went there unasked', async () => {
    const found = { workflowIds: ids(3), total: 3, there: ids(2), waiting: 2 };
    expect(await find('toHumans', { searched: 3, waiting: 2 })).toEqual(found);
  });
  it('back brings none of them, but their number', async () => {
    const found = { workflowIds: ids(3), total: 3, there: [], waiting: 2 };
    expect(await find('back', { searched: 3, waiting: 2 })).toEqual(found);
  });
  it('beyond what is found at once, all are counted', async () => {
    const { workflowIds, there, ...rest } = await find('toHumans', {
      ...{ searched: 7_000, waiting: 3_000 },
    });
    expect([workflowIds.length, there.length]).toEqual([5_000, 1_000]);
    expect(rest).toEqual({ total: 7_000, waiting: 3_000 });
  });
});

describe('moving threads', () => {
  afterEach(() => void vi.useRealTimers());
  const why = { by: 'operator', why: 'drill' };
  const asked = ids(120).map((workflowId) => ({ workflowId, updateId: `of ${workflowId}` }));

  function move(ask: Ports['runningThreads']['ask']) {
    const nothing = () => Promise.reject(new Error('it only asks'));
    const runningThreads = { find: nothing, count: nothing, ask };
    return attempt(createMoveThreads({ runningThreads }, 1_000), { way: 'back', ...why, asked });
  }

  it('asks each, in order, in the operator’s words', async () => {
    const questions: AskToMove[] = [];
    const answers = await move((question) => {
      questions.push(question);
      return Promise.resolve({ workflowId: question.workflowId, is: 'moved' });
    });
    expect(questions).toEqual(asked.map((one) => ({ ...one, ...why, way: 'back' })));
    expect(answers).toEqual(asked.map(({ workflowId }) => ({ workflowId, is: 'moved' })));
  });

  it('asks no more after eight seconds, so that a worker can shut down', async () => {
    const began = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: began });
    let questions = 0;
    const answers = await move(({ workflowId }) => {
      questions += 1;
      vi.setSystemTime(began + questions * 3_000);
      return Promise.resolve({ workflowId, is: 'moved' });
    });
    expect([questions, answers.length]).toEqual([3, 3]);
  });

  it('never asks more than ten at the same time', async () => {
    let [open, most] = [0, 0];
    await move(({ workflowId }) => {
      most = Math.max(most, (open += 1));
      return new Promise((resolve) => {
        setTimeout(() => {
          open -= 1;
          resolve({ workflowId, is: 'moved' });
        }, 30);
      });
    });
    expect(most).toBeLessThanOrEqual(10);
  });
});

describe('runs that were ended', () => {
  const ended = { workflowId: 't', runId: 'r', firstRunId: 'f' } as never;

  it('are looked for before the caller’s own; a failed search finds none', async () => {
    const info = { workflowExecution: { workflowId: 'thread:d:t', runId: 'r' } };
    const find = (before: Ports['endedRuns']['before']) => {
      const endedRuns = { before, rebuild: () => [] as never };
      return attempt(createFindEndedRun({ endedRuns }), undefined as never, { info });
    };
    const callers: unknown[] = [];
    const found = await find((caller) => {
      callers.push(caller);
      return Promise.resolve(ended);
    });
    expect([found, callers]).toEqual([ended, [info.workflowExecution]]);
    expect(await find(() => Promise.reject(new Error('away')))).toBeUndefined();
  });

  it('are counted as they are rebuilt, and each that is not is named', async () => {
    const logged: LogEntry[] = [];
    async function* rebuild() {
      yield { workflowId: 'one', isRebuilt: true };
      yield { workflowId: 'two', isRebuilt: false, failure: 'no contents' };
      yield { workflowId: 'three', isRebuilt: false };
      yield await Promise.resolve({ workflowId: 'four', isRebuilt: true });
    }
    const endedRuns = { before: () => Promise.resolve(undefined), rebuild };
    const onLog = (entry: LogEntry) => logged.push(entry);
    const activity = createRebuildEndedThreads({ endedRuns });
    const outcome = await attempt(activity, {} as never, { onLog });
    expect(outcome).toEqual({ rebuilt: 2, failed: 1 });
    expect(logged.map(({ meta }) => meta)).toMatchObject([
      { workflowId: 'two', reason: 'no contents' },
    ]);
  });
});

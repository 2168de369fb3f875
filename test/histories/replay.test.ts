/**
 * Every recorded history still replays: a conversation that began on an older version of this code
 * goes on. After the release, a change that breaks one belongs behind `patched()`, never into the history's file.
 *
 * Provenance: recorded by `npm run record-histories` from a real server and the simulator.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker, type ReplayResult } from '@temporalio/worker';
import { beforeAll, expect, inject, it } from 'vitest';
import { threadWorkflowId } from '../../workflows/contract/index.js';
import { read } from '../harness/source-files.js';
import '../harness/temporal.js';

type RecordedHistory = { readonly events: readonly Record<string, unknown>[] };

const folder = 'test/histories';
// Those of a release are in a folder of its version, for ever.
const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
const files = all.filter((file) => file.endsWith('.json.gz'));
const options = () => ({ workflowBundle: { codePath: inject('workflowBundle') } });

function recorded(file: string): RecordedHistory {
  return JSON.parse(gunzipSync(readFileSync(`${folder}/${file}`)).toString()) as RecordedHistory;
}

function typeOf({ events: [started] }: RecordedHistory): unknown {
  const begun = started?.['workflowExecutionStartedEventAttributes'];
  return (begun as { readonly workflowType: { readonly name: string } }).workflowType.name;
}

/** Each by itself, all by one worker; what was wrong with it, by file. */
async function replayed(): Promise<ReadonlyMap<string, ReplayResult['error']>> {
  const histories = files.map((file) => ({
    workflowId: threadWorkflowId('recorded', file),
    history: historyFromJSON(recorded(file)),
  }));
  const errors = new Map<string, ReplayResult['error']>();
  for await (const { workflowId, error } of Worker.runReplayHistories(options(), histories)) {
    const [file = ''] = files.filter((one) => threadWorkflowId('recorded', one) === workflowId);
    errors.set(file, error);
  }
  return errors;
}

let errors: Awaited<ReturnType<typeof replayed>>;
beforeAll(async () => {
  errors = await replayed();
});

it('there are histories of more than one run, and of every kind of trouble', () => {
  expect(files.length).toBeGreaterThanOrEqual(20);
  expect(files.filter((file) => file.endsWith('.2.json.gz'))).not.toEqual([]);
});

it('there is one of every workflow that the worker runs', () => {
  const exported = [...read('workflows/index.ts').matchAll(/^export \{ (\w+) \}/gm)];
  const types = new Set(files.map((file) => typeOf(recorded(file))));
  expect([...types].sort()).toEqual(exported.map(([, type]) => type).sort());
});

it.each(files)('%s', (file) => {
  expect([...errors.keys()]).toContain(file);
  expect(errors.get(file)).toBeUndefined();
});

it('negative control: a history in which something else was done does not', async () => {
  const history = recorded(files.find((file) => /^(.*\/)?whole-life/.test(file)) ?? '');
  const changed = JSON.stringify(history).replaceAll('"recategorise"', '"closeIntervention"');
  const broken = historyFromJSON(JSON.parse(changed) as RecordedHistory);
  await expect(Worker.runReplayHistory(options(), broken)).rejects.toThrow(
    DeterminismViolationError,
  );
});

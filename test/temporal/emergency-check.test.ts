/** The gate reads the emergency's own word, seldom and never too old, and does not guess. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEmergencyGate, EmergencyUnknown } from '../../temporal/emergency-check.js';
import { threadQuery } from '../../temporal/thread-search.js';
import type { Scope } from '../../workflows/contract/index.js';

const voice = { sourceName: 'chat', botName: 'helper' };

let now = 0;
let reads = 0;
/** What Temporal says, or how it fails. */
let said: readonly { scope: Scope; isInForce: boolean }[] | Error = [];
/** How long it takes to say so. */
let takes = 0;

const client = {
  connection: { withDeadline: <T>(_: unknown, call: () => Promise<T>) => call() },
  workflow: {
    getHandle: () => ({
      async describe() {
        reads += 1;
        const saying = said;
        await Promise.resolve();
        now += takes;
        if (saying instanceof Error) throw saying;
        return { memo: { emergencies: saying } };
      },
    }),
  },
} as unknown as Client;

function gate() {
  return createEmergencyGate(client, { fresh: 1_000, valid: 2_000, now: () => now });
}

beforeEach(() => {
  [now, reads, takes, said] = [0, 0, 0, []];
});

describe('the gate', () => {
  it.each([
    ['all', { all: true }, true],
    ['its source', { source: 'chat' }, true],
    ['another source', { source: 'messages' }, false],
    ['its bot', { bot: 'helper' }, true],
    ['another bot', { bot: 'chat' }, false],
  ] as const)('an emergency for %s', async (_, scope, isInForce) => {
    said = [{ scope, isInForce: true }];
    expect(await gate().isInForce(voice)).toBe(isInForce);
    said = [{ scope, isInForce: false }];
    expect(await gate().isInForce(voice)).toBe(false);
  });

  it('is open where there never was one', async () => {
    said = new WorkflowNotFoundError('no', 'emergency:account', undefined);
    expect(await gate().isInForce(voice)).toBe(false);
  });

  it('asks once a second, however many ask it', async () => {
    const one = gate();
    for (now = 0; now < 5_000; now += 100) {
      await Promise.all(Array.from({ length: 20 }, () => one.isInForce(voice)));
    }
    expect(reads).toBe(5);
  });

  it('knows of a declaration a second later, at the latest', async () => {
    const one = gate();
    expect(await one.isInForce(voice)).toBe(false);
    said = [{ scope: { all: true }, isInForce: true }];
    now = 1_000;
    expect(await one.isInForce(voice)).toBe(true);
  });

  it('goes by what it knew for two seconds when it cannot read, then by nothing', async () => {
    const one = gate();
    expect(await one.isInForce(voice)).toBe(false);
    said = new Error('away');
    now = 1_500;
    expect(await one.isInForce(voice)).toBe(false);
    now = 2_000;
    await expect(one.isInForce(voice)).rejects.toThrow(EmergencyUnknown);
    expect(reads).toBe(2);
    said = [];
    now = 2_500;
    expect(await one.isInForce(voice)).toBe(false);
  });

  it('does not go by an answer that took too long', async () => {
    takes = 2_000;
    await expect(gate().isInForce(voice)).rejects.toThrow(EmergencyUnknown);
  });
});

describe('searches', () => {
  it.each([
    [{ phase: 'bot' }, `BatonPhase = 'bot'`],
    [
      { phase: 'handover', reason: 'emergency', sources: ['chat', 'it’s'] },
      `BatonPhase = 'handover' AND BatonReason = 'emergency' AND BatonSource IN ('chat', 'it’s')`,
    ],
    [{ phase: 'bot', except: ["o'clock"] }, `BatonPhase = 'bot' AND BatonSource != 'o''clock'`],
  ] as const)('%j', (search, query) => {
    const running = `WorkflowType = 'thread' AND ExecutionStatus = 'Running'`;
    expect(threadQuery(search)).toBe(`${running} AND ${query}`);
  });

  it('in no source at all find nothing', () => {
    expect(threadQuery({ phase: 'bot', sources: [] })).toBeUndefined();
  });
});

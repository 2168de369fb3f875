/**
 * Four hours in which no event arrives, and 500 threads. Everything is backfilled, over several runs, none of
 * which makes a call too many; and the reports add up to exactly what had been lost.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalNames } from '../../activities/reconcile/facts.js';
import { Conversation } from '../harness/conversation.js';
import { onDemand } from '../harness/on-demand.js';
import { Reconciling } from '../harness/reconciling.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startWorld, type World } from '../harness/world.js';

const threads = 500;
const steps = 16;
const budget = 9;
const settings = { ...onDemand, calls: budget, grace: '3s' };

let world: World;
let reconciling: Reconciling;
beforeAll(async () => {
  world = await startWorld({ config: { ...testConfig(), reconcile: settings } });
  reconciling = new Reconciling(world);
  await reconciling.arrange();
});
afterAll(() => world.stop());

/** The calls of the reconciler so far, by the platform's own record. */
async function callsMade(): Promise<number> {
  const { requests } = await world.control.record();
  const lists = ['/1.0/webhooks', '/1.0/events', '/1.0/contents', '/1.0/interventions'];
  const ofAll = requests as readonly ((typeof requests)[number] & { thread_id: string | null })[];
  return ofAll.filter(
    ({ method, path, thread_id: thread }) =>
      method === 'GET' && thread === null && lists.includes(path),
  ).length;
}

/** What the journal says happened to threads, besides what was said. */
async function journalled(): Promise<number> {
  const q = journalNames.map((name) => `name_in:"${name}"`).join(' ');
  const url = `${world.simulator.url}/1.0/events?limit=1&q=${encodeURIComponent(q)}`;
  const headers = { authorization: `Bearer ${secrets.ENGAGE_TOKEN}` };
  const { count } = (await (await fetch(url, { headers })).json()) as { count: number };
  return count;
}

/** Every third thread meets an agent, who completes every second time. */
async function live(people: readonly Conversation[]): Promise<void> {
  await Promise.all(
    people.map(async (one, i) => {
      await one.says('where is my parcel?');
      if (i % 3 !== 0) return;
      await one.agent('reply', { body: 'Good morning.' });
      if (i % 2 === 0) await one.agent('close');
    }),
  );
}

/** Alone: answered once. With an agent: never by the bot, and closed when the agent was done. */
async function everybodyIsServed(people: readonly Conversation[]): Promise<void> {
  for (const [i, one] of people.entries()) {
    const place = Math.floor(i / steps);
    const isTaken = place % 3 === 0;
    await one.untilPhase(isTaken ? (place % 2 === 0 ? 'closed' : 'agent') : 'bot');
    if (!isTaken) await one.untilBotSaid(2);
    expect(await one.botSaid()).toEqual(isTaken ? [] : ['Welcome!', 'It arrives tomorrow.']);
  }
}

describe(`four hours without a single event, ${threads} threads`, () => {
  it('are backfilled within the budget, over several runs', { timeout: 600_000 }, async () => {
    const people = Array.from({ length: threads }, () => new Conversation(world));
    await reconciling.runToTheEnd();
    const before = await journalled();
    await world.control.faults({ drop: 1 });
    for (let step = 0; step < steps; step += 1) {
      await live(people.filter((_, i) => i % steps === step));
      await world.control.advance(`${240 / steps}m`);
    }
    await world.control.faults({});
    const said = (await world.control.record()).contents.length;
    const happened = (await journalled()) - before;
    const callsBefore = await callsMade();

    const reports = await reconciling.runToTheEnd();
    expect(reports.length).toBeGreaterThan(1);
    for (const { calls } of reports) expect(calls).toBeLessThanOrEqual(budget);
    const calls = reports.reduce((sum, report) => sum + report.calls, 0);
    expect((await callsMade()) - callsBefore).toBe(calls);
    const backfilled = (of: 'threads' | 'contents' | 'facts') =>
      reports.reduce((sum, report) => sum + report.backfilled[of], 0);
    // What follows from the backfill may be read by a later run before its delivery arrives.
    expect(backfilled('contents')).toBeGreaterThanOrEqual(said);
    expect(backfilled('facts')).toBeGreaterThanOrEqual(happened);
    expect(reports.at(-1)).toMatchObject({ isComplete: true, findings: [] });
    const each = reports.map(
      (report) => `${report.backfilled.threads} threads, ${report.calls} calls`,
    );
    console.log(`${threads} threads backfilled in ${reports.length} runs: ${each.join('; ')}`);
    await everybodyIsServed(people);
  });
});

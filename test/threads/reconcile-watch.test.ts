/** The reconciler's schedule, what it sees of the webhook, and a journal that does not say much. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { parseConfig } from '../../settings/load-config.js';
import { webhookId } from '../../simulator/seed.js';
import { searchAttributes, type ReconcileReport } from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { onDemand } from '../harness/on-demand.js';
import { Reconciling } from '../harness/reconciling.js';
import { testConfig } from '../harness/test-config.js';
import { untilDelivered } from '../harness/delivered.js';
import { secrets, startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

/** The journal says that something happened, and not to whom. */
let isJournalSilent = false;
const withSilentJournal = (ports: Ports): Ports => ({
  ...ports,
  engage: {
    ...ports.engage,
    async listJournal(query) {
      const page = await ports.engage.listJournal(query);
      if (!isJournalSilent) return page;
      const records = page.records.map((entry) => entry && { ...entry, extra_infos: undefined });
      return { ...page, records };
    },
  },
});

const config = { ...testConfig({ engageTimeout: '60s' }), reconcile: onDemand };
let world: World;
let reconciling: Reconciling;
beforeAll(async () => {
  world = await startWorld({ config, ports: withSilentJournal });
  reconciling = new Reconciling(world);
});
afterEach(async () => {
  isJournalSilent = false;
  await world.control.faults({});
});
afterAll(() => world.stop());

describe('the schedule', () => {
  const arrange = (reconcile: Partial<NonNullable<typeof config.reconcile>>) =>
    reconciling.arrange(parseConfig({ ...config, reconcile: { ...onDemand, ...reconcile } }));

  it('is there after the first worker’s start, and is not touched by the next one’s', async () => {
    expect(await arrange({})).toBe('created');
    expect(await arrange({})).toBe('unchanged');
    const { spec, policies, action } = await reconciling.schedule.describe();
    expect(spec.intervals).toMatchObject([{ every: 86_400_000 }]);
    expect(policies.overlap).toBe('SKIP');
    expect(action).toMatchObject({ workflowType: 'reconcile', taskQueue: 'threads' });
  });

  it('follows the settings', async () => {
    expect(await arrange({ every: '15m', calls: 30 })).toBe('changed');
    const { spec, action } = await reconciling.schedule.describe();
    expect(spec.intervals).toMatchObject([{ every: 900_000 }]);
    expect(action.args).toMatchObject([{ calls: 30 }]);
    expect(await arrange({})).toBe('changed');
  });

  it('switched off is paused, and keeps what it knows; switched on it goes on', async () => {
    expect(await arrange({ every: 'off' })).toBe('off');
    expect((await reconciling.schedule.describe()).state.paused).toBe(true);
    expect(await arrange({})).toBe('changed');
    expect((await reconciling.schedule.describe()).state.paused).toBe(false);
  });

  it('paused by a person stays paused', async () => {
    await reconciling.schedule.pause('olga: the platform is being moved');
    expect(await arrange({ calls: 31 })).toBe('changed');
    expect((await reconciling.schedule.describe()).state).toMatchObject({ paused: true });
    await reconciling.schedule.unpause();
    await arrange({});
  });
});

describe('the webhook', () => {
  const change = async (settings: Readonly<Record<string, string>>) => {
    await fetch(`${world.simulator.url}/1.0/webhooks/${webhookId}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${secrets.ENGAGE_TOKEN}` },
      body: new URLSearchParams(settings),
    });
  };
  const untilStatus = (status: string) =>
    eventually(() => world.account.webhooks[webhookId]?.webhook_status).toBe(status);
  const attention = async (workflowId: string): Promise<boolean | undefined> => {
    const description = await reconciling.workflow(workflowId).describe();
    return description.typedSearchAttributes.get(searchAttributes.attention);
  };

  it('suspended raises attention, in plain words; restored it is gone', async () => {
    await change({ secret: 'not-the-secret' });
    const people = Array.from({ length: 12 }, () => new Conversation(world));
    for (const one of people) await one.says('hello');
    await untilStatus('suspended');
    expect((await reconciling.run()).webhook).toBe('unhealthy');
    const ill = await reconciling.begin();
    const report: ReconcileReport = await reconciling.result(ill);
    expect(report.findings.join()).toContain('the webhook’s status is “suspended”');
    expect(await attention(ill)).toBe(true);

    await change({ secret: secrets.BATON_WEBHOOK_SECRET });
    await untilStatus('enabled');
    expect((await reconciling.run()).webhook).toBe('healthy');
    const well = await reconciling.begin();
    expect((await reconciling.result(well)).findings).toEqual([]);
    expect(await attention(well)).toBe(false);
    for (const one of people) await one.untilBotSaid(1);
    // What was refused comes again.
    await world.control.advance('1m');
    for (const one of people) await untilDelivered(world, one.thread);
  });

  it('that the token may not see is no reason for attention', async () => {
    await world.control.faults({ '403': { on: 'GET /webhooks' } });
    const report = await reconciling.run();
    expect(report).toMatchObject({ webhook: 'unreadable', findings: [], isComplete: true });
  });
});

describe('a completion whose event was lost is backfilled', () => {
  async function completedWithoutEvent(): Promise<Conversation> {
    const ana = new Conversation(world);
    await ana.says('a human please');
    await ana.untilBotSaid(1);
    await ana.agent('reply', { body: 'Good morning.' });
    await ana.untilPhase('agent');
    await untilDelivered(world, ana.thread);
    await world.control.faults({ drop: { on: 'intervention.closed' } });
    await ana.agent('close');
    return ana;
  }

  it('although the journal does not say whose thread it was', async () => {
    isJournalSilent = true;
    const ana = await completedWithoutEvent();
    const report = await reconciling.run();
    expect(report).toMatchObject({ isComplete: true, backfilled: { threads: 1, contents: 0 } });
    await ana.untilPhase('closed');
  });

  it('although the token may not search the journal', async () => {
    const ana = await completedWithoutEvent();
    await world.control.faults({ '403': { on: 'GET /events' } });
    const report = await reconciling.run();
    expect(report).toMatchObject({ journal: 'unreadable', isComplete: true, findings: [] });
    await ana.untilPhase('closed');
  });
});

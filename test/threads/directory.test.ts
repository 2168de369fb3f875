/**
 * The directory on a real Temporal server: kept by a schedule, read again on demand, never lost to a
 * platform in trouble. With 10,000 users: `directory-large.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../settings/load-config.js';
import { newState } from '../../simulator/new-state.js';
import { categories, sources } from '../../simulator/seed.js';
import {
  directoryRefreshWorkflow,
  directorySchedule,
  mayAnswer,
  searchAttributes,
} from '../../workflows/contract/index.js';
import { Knowing } from '../harness/knowing.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

/** Every call is counted: none is given up because the machine is busy. */
const usual = (source = {}) => testConfig({ source, engageTimeout: '60s' });
const quick = { callsPerMinute: 6_000_000, availabilityFor: '0s' };

describe('a small account', () => {
  let world: World;
  let knowing: Knowing;
  beforeAll(async () => {
    world = await startWorld({ config: { ...usual(), directory: quick } });
    knowing = new Knowing(world);
  });
  afterAll(() => world.stop());

  const attention = async () => {
    const { typedSearchAttributes: known } = await knowing.workflow.describe();
    return known.get(searchAttributes.attention);
  };

  it('is read when a worker starts, once, and kept by a schedule', async () => {
    expect(await knowing.keep()).toBe('created');
    const first = await knowing.untilStill();
    expect(first).toMatchObject({ lastGood: { people: 3, sources: 2 }, askedBy: 'worker' });
    // Users, their sources, roles: a page each, and a call for each human.
    expect(first.lastGood?.calls).toBe(3 + 3);
    expect(await knowing.keep()).toBe('unchanged');
    expect(await knowing.untilStill()).toEqual(first);
  });

  it('is read again by the schedule', async () => {
    const { client } = world.temporal;
    await client.schedule.getHandle(directorySchedule).trigger();
    const calls = async () => (await knowing.view())?.calls;
    await eventually(calls).toBe(12);
    expect(await knowing.untilStill()).toMatchObject({ askedBy: 'schedule' });
    const ofRefresh = `WorkflowType = "${directoryRefreshWorkflow}"`;
    await eventually(async () => (await client.workflow.count(ofRefresh)).count).toBe(1);
  });

  it('that cannot be read stays the last good one, and calls a person until it can', async () => {
    const before = await knowing.view();
    await world.control.faults({ '403': { on: 'GET /users' } });
    const failed = await knowing.refresh();
    expect(failed.lastGood).toEqual(before?.lastGood);
    expect(failed.trouble?.code).toBe('Engage.NotAuthorised');
    expect(await attention()).toBe(true);
    const shown = await knowing.operator('GET', '/directory');
    expect(shown.body).toEqual({ directory: failed });

    await world.control.faults({});
    expect((await knowing.refresh()).trouble).toBeUndefined();
    expect(await attention()).toBe(false);
  });

  it('waits for a platform that is busy', async () => {
    await world.control.faults({ '5xx': { on: 'GET /content_sources', times: 1 } });
    const view = await knowing.refresh();
    expect(view).toMatchObject({ lastGood: { people: 3 } });
    expect(view.trouble).toBeUndefined();
  });

  it('is read for other settings when they change', async () => {
    const { bot } = categories;
    const source = { categories: { bot, agent: categories.billing } };
    const business = parseConfig({ ...usual(source), directory: quick });
    expect(await knowing.keep(business)).toBe('changed');
    const question = {
      sourceId: sources.chat,
      teamIds: [],
      agentIds: Object.keys(newState().users),
    };
    const ask = (categoryId: string) =>
      knowing.workflow.query(mayAnswer, { ...question, categoryId });
    const found = async () => (await ask(categories.billing))?.length;
    await eventually(found).toBe(3);
    await knowing.untilStill();
    expect(await ask(categories.agent)).toEqual([]);
  });

  it('is not read by itself where the business says off', async () => {
    const business = parseConfig({ ...usual(), directory: { ...quick, every: 'off' } });
    const before = await knowing.view();
    expect(await knowing.keep(business)).toBe('off');
    expect(await knowing.view()).toEqual(before);
  });
});

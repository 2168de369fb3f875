/** Interventions and the work they are: who may end them and how, and what agents at the desk cause. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { users } from '../../simulator/seed.js';
import { metadata, openSimulator, records, type OpenSimulator } from './setup.js';
import { eventually } from '../harness/eventually.js';

let simulator: OpenSimulator;
let customers = 0;
beforeAll(async () => {
  simulator = await openSimulator();
});
afterAll(() => simulator.stop());

async function thread() {
  customers += 1;
  const identity = `customer-${customers}`;
  const cast = await simulator.says('hello', identity);
  return { ...cast, identity, thread: cast.thread_id };
}

const open = (contentId: string) =>
  simulator.call('POST', '/interventions', { form: [['content_id', contentId]] });
const reply = (to: string) =>
  simulator.call('POST', '/contents', { json: { in_reply_to_id: to, body: 'Hello!' } });
const agent = (of: string, what: 'reply' | 'engage' | 'defer' | 'close', who = 'agent-1') =>
  simulator.control.agent({
    thread: of,
    agent: who,
    do: what,
    ...(what === 'reply' && { body: 'Hi' }),
  });

/** The events about a thread since the last content of its customer, in order. */
async function events(of: string, until: string): Promise<readonly string[]> {
  const types = () =>
    simulator.receiver.events
      .filter((e) => metadata(e)['thread_id'] === of)
      .map(({ type }) => type);
  await eventually(types).toContain(until);
  return types();
}

describe('ending an intervention', () => {
  it('by closing needs a reply, once', async () => {
    const { content_id } = await thread();
    const { answer } = await open(content_id);
    const close = () => simulator.call('PUT', `/interventions/${String(answer['id'])}/close`);
    expect((await close()).status).toBe(403);
    await reply(content_id);
    const closed = await close();
    expect(closed).toMatchObject({ status: 200, answer: { closed: true, user_replies_count: 1 } });
    expect((await close()).status).toBe(403);
  });

  it('by cancelling needs that there is no reply, and destroys it', async () => {
    const { content_id } = await thread();
    const { answer } = await open(content_id);
    const path = `/interventions/${String(answer['id'])}`;
    expect((await simulator.call('DELETE', `${path}/cancel`)).status).toBe(200);
    expect((await simulator.call('GET', path)).status).toBe(404);

    const again = (await open(content_id)).answer;
    await reply(content_id);
    const refused = await simulator.call('DELETE', `/interventions/${String(again['id'])}/cancel`);
    expect(refused.status).toBe(403);
  });

  it('is for its owner, or who may edit others’: the bot may, an agent may not', async () => {
    const { content_id, thread: of } = await thread();
    await open(content_id);
    await reply(content_id);
    await expect(agent(of, 'close')).rejects.toThrow('403');

    const other = await thread();
    await agent(other.thread, 'reply');
    const list = await simulator.call(
      'GET',
      `/interventions?thread_id=${other.thread}&status=active`,
    );
    const [theirs] = records(list);
    expect(theirs).toMatchObject({ user_id: users['agent-1'] });
    const closed = await simulator.call('PUT', `/interventions/${String(theirs!['id'])}/close`);
    expect(closed.status).toBe(200);
  });
});

describe('opening an intervention', () => {
  it('is refused while one is open, and reopens a closed one in the caller’s name', async () => {
    const { content_id, thread: of } = await thread();
    await agent(of, 'reply');
    expect(await open(content_id)).toMatchObject({ status: 422 });
    await agent(of, 'close');
    const reopened = await open(content_id);
    expect(reopened).toMatchObject({
      status: 200,
      answer: { closed: false, user_id: users.bot },
    });
    const list = await simulator.call('GET', `/interventions?thread_id=${of}`);
    expect(list.answer['count']).toBe(1);
  });

  it('has a label in the agent’s language, which clients should not depend on', async () => {
    const { content_id } = await thread();
    const { answer } = await open(content_id);
    expect(answer['status']).toBe('Ouverte');
    await reply(content_id);
    const closed = await simulator.call('PUT', `/interventions/${String(answer['id'])}/close`);
    expect(closed.answer['status']).toBe('Fermée');
  });
});

describe('an agent', () => {
  it('who replies first opens an intervention, and ends it with the task', async () => {
    const { thread: of } = await thread();
    await simulator.control.agent({ ...desk(of), do: 'recategorize', category_ids: ['agent'] });
    await agent(of, 'reply');
    await events(of, 'content.exported');
    await agent(of, 'close');
    expect(await events(of, 'task.completed')).toEqual([
      ...['content.imported', 'task.created', 'task.undelivered', 'task.recategorized'],
      ...['task.taken', 'intervention.opened', 'content.replied', 'content.exported'],
      ...['intervention.closed', 'task.completed'],
    ]);
    const ended = simulator.receiver.events
      .filter((e) => metadata(e)['thread_id'] === of)
      .slice(-2);
    expect(ended[0]).toMatchObject({ user_id: users['agent-1'] });
    expect(metadata(ended[0]!)['closed_at']).toBeNull();
    expect(ended[1]).toMatchObject({ action: 'closed' });
  });

  it('who engages in the bot’s intervention becomes its owner', async () => {
    const { thread: of, content_id } = await thread();
    await open(content_id);
    await agent(of, 'engage', 'agent-2');
    await events(of, 'intervention.user_updated');
    const event = simulator.receiver.events.findLast((e) => metadata(e)['thread_id'] === of)!;
    expect(event).toMatchObject({ user_id: users['agent-2'] });
    expect(metadata(event)['user_id']).toBe(users['agent-2']);
  });

  it('who defers gets it back when the time is over', async () => {
    const { thread: of } = await thread();
    await simulator.control.agent({ ...desk(of), do: 'recategorize', category_ids: ['agent'] });
    await agent(of, 'defer');
    const types = await events(of, 'task.completed');
    expect(types).toContain('intervention.deferred');
    expect(await active(of)).toBe(0);
    await simulator.control.advance('2h');
    await events(of, 'intervention.reactivated');
    expect(await active(of)).toBe(1);
  });

  it('who defers gets it back when the customer writes first, and only once', async () => {
    const { thread: of, identity } = await thread();
    await agent(of, 'defer');
    await simulator.says('still there?', identity);
    await events(of, 'intervention.reactivated');
    await simulator.control.advance('2h');
    await simulator.says('hello?', identity);
    const types = await events(of, 'intervention.reactivated');
    expect(types.filter((type) => type === 'intervention.reactivated')).toHaveLength(1);
  });
});

describe('a customer who comes back', () => {
  it('reopens the closed intervention: its owner stays, nobody acted', async () => {
    const { thread: of, identity } = await thread();
    await simulator.control.agent({ ...desk(of), do: 'recategorize', category_ids: ['agent'] });
    await agent(of, 'reply', 'agent-3');
    await agent(of, 'close', 'agent-3');
    const { content_id } = await simulator.says('one more thing', identity);
    const types = await events(of, 'intervention.reopened');
    expect(types.lastIndexOf('content.imported')).toBeLessThan(
      types.indexOf('intervention.reopened'),
    );
    const reopened = simulator.receiver.events.find(
      (e) => e.type === 'intervention.reopened' && metadata(e)['thread_id'] === of,
    )!;
    expect(reopened).not.toHaveProperty('user_id');
    expect(metadata(reopened)['user_id']).toBe(users['agent-3']);
    const work = await simulator.call('GET', `/tasks?queue=workbin_${users['agent-3']}`);
    expect(records(work).map((task) => task['content_id'])).toContain(content_id);
    await agent(of, 'close', 'agent-3');
    const after = await events(of, 'task.assigned');
    await eventually(async () =>
      (await events(of, 'task.assigned')).filter((t) => t === 'task.completed'),
    ).toHaveLength(2);
    expect(after.filter((type) => type === 'task.created')).toHaveLength(1);
  });
});

describe('work for agents', () => {
  it('is undelivered while no human has the thread’s categories, and routed when one has', async () => {
    const { thread: of, content_id } = await thread();
    const undelivered = await simulator.call('GET', '/tasks?queue=undelivered&limit=150');
    expect(records(undelivered).map((task) => task['content_id'])).toContain(content_id);
    await simulator.control.agent({ ...desk(of), do: 'recategorize', category_ids: ['agent'] });
    const global = await simulator.call('GET', '/tasks?limit=150');
    expect(records(global).map((task) => task['content_id'])).toContain(content_id);
    const event = await eventOf(of, 'task.recategorized');
    expect(event).not.toHaveProperty('user_id');
  });

  it('is made anew when a thread without any comes to agents again', async () => {
    const { thread: of, identity } = await thread();
    await agent(of, 'reply');
    await agent(of, 'close');
    await simulator.says('again', identity);
    await agent(of, 'close');
    await simulator.control.agent({ ...desk(of), do: 'recategorize', category_ids: ['billing'] });
    const created = async () =>
      (await events(of, 'task.created')).filter((type) => type === 'task.created');
    await eventually(created).toHaveLength(2);
  });
});

function desk(of: string) {
  return { thread: of, agent: 'agent-1' } as const;
}

async function eventOf(of: string, type: string) {
  await events(of, type);
  return simulator.receiver.events.find((e) => e.type === type && metadata(e)['thread_id'] === of)!;
}

async function active(of: string): Promise<unknown> {
  const list = await simulator.call('GET', `/interventions?thread_id=${of}&status=active`);
  return list.answer['count'];
}

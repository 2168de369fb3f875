/** What agents do besides answering: transfer, file as spam, approve, merge. And an administrator replaces the token. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newState } from '../../simulator/new-state.js';
import { sources, users } from '../../simulator/seed.js';
import { eventually } from '../harness/eventually.js';
import { metadata, openSimulator, records, token, type OpenSimulator } from './setup.js';

const account = newState();
let simulator: OpenSimulator;
let customers = 0;
beforeAll(async () => {
  simulator = await openSimulator({ account });
});
afterAll(() => simulator.stop());

async function thread() {
  customers += 1;
  const identity = `customer-${customers}`;
  return { ...(await simulator.says('hello', identity)), identity };
}
const at = (threadId: string) => ({ thread: threadId, agent: 'agent-1' });
const tasksOf = async (threadId: string) =>
  records(await simulator.call('GET', '/tasks?queue=workbins')).filter(
    (task) => task['thread_id'] === threadId,
  );
const eventsOf = (threadId: string) =>
  simulator.receiver.events.filter((event) => metadata(event)['thread_id'] === threadId);
const lastOf = (threadId: string, types: readonly string[]) =>
  eventsOf(threadId)
    .map(({ type }) => type)
    .filter((type) => types.includes(type));

describe('a transfer to another agent', () => {
  const moves = ['task.transferred', 'task.assigned', 'task.taken', 'intervention.user_updated'];

  it('who accepts: the task and the intervention are theirs', async () => {
    const { thread_id: id } = await thread();
    await simulator.control.agent({ ...at(id), do: 'reply', body: 'Hi' });
    await eventually(() => lastOf(id, moves)).toEqual(['task.taken']);
    const before = simulator.receiver.events.length;
    await simulator.control.agent({ ...at(id), do: 'transfer', to: 'agent-2' });
    await eventually(() => lastOf(id, moves)).toContain('intervention.user_updated');
    const moved = simulator.receiver.events
      .slice(before)
      .filter(({ type }) => moves.includes(type));
    expect(moved.map(({ type }) => type)).toEqual(moves);
    expect(moved.map(({ user_id: by }) => by)).toEqual([
      users['agent-1'],
      undefined,
      users['agent-2'],
      users['agent-2'],
    ]);
    expect(metadata(moved[3]!)['user_id']).toBe(users['agent-2']);
    expect((await tasksOf(id)).map((task) => task['agent_ids'])).toEqual([[users['agent-2']]]);
  });

  it('who does not accept: the task rings, and nobody has taken it', async () => {
    const { thread_id: id } = await thread();
    await simulator.control.agent({ ...at(id), do: 'engage' });
    await simulator.control.agent({ ...at(id), do: 'transfer', to: 'agent-2', accepted: false });
    await eventually(() => lastOf(id, moves)).toContain('task.transferred');
    expect(lastOf(id, ['intervention.user_updated'])).toEqual([]);
    expect((await tasksOf(id)).map((task) => task['agent_ids'])).toEqual([[users['agent-2']]]);
  });

  it.each([
    [{ do: 'transfer', to: 'agent-9' }, 404, 'to'],
    [{ do: 'transfer' }, 422, 'to'],
  ])('is refused, naming the field: %j', async (act, status, field) => {
    const { thread_id } = await thread();
    const refused = await simulator.callControl('POST', '/cast/agent', {
      ...at(thread_id),
      ...act,
    });
    expect(refused).toMatchObject({ status, answer: { field } });
  });

  it('is refused when no task is open', async () => {
    const { thread_id: id } = await thread();
    await simulator.control.agent({ ...at(id), do: 'ignore' });
    const act = { ...at(id), do: 'transfer', to: 'agent-2' };
    expect((await simulator.callControl('POST', '/cast/agent', act)).status).toBe(422);
  });
});

describe('spam', () => {
  it('is filed when it is imported: nobody gets work from it', async () => {
    const spam = { source: 'chat', identity: 'spammer', body: 'Buy!', spam: true };
    const { thread_id: id, event_id } = await simulator.control.customer(spam);
    await eventually(() => eventsOf(id).map((event) => event.id)).toContain(event_id);
    expect(metadata(eventsOf(id)[0]!)['status']).toBe('ignored');
    expect(Object.values(account.tasks).filter((task) => task.thread_id === id)).toEqual([]);
  });

  it('is filed by an agent: the task ends, and only the journal says why', async () => {
    const { thread_id: id, content_id } = await thread();
    await simulator.control.agent({ ...at(id), do: 'ignore' });
    await eventually(() => lastOf(id, ['task.destroyed'])).toHaveLength(1);
    expect((await simulator.call('GET', `/contents/${content_id}`)).answer['status']).toBe(
      'ignored',
    );
    expect(account.journal.at(-2)?.name).toBe('content.ignored');
    expect(simulator.receiver.types()).not.toContain('content.ignored');
  });
});

describe('an approval', () => {
  const steps = ['content.replied', 'content.approved', 'content.exported'];
  const approve = (id: string) => ({ ...at(id), agent: 'agent-2', do: 'approve' as const });

  it('lets out a reply that was held until then', async () => {
    const { thread_id: id } = await thread();
    await simulator.control.agent({
      ...at(id),
      do: 'reply',
      body: 'A discount',
      needs_approval: true,
    });
    await eventually(() => lastOf(id, steps)).toEqual(['content.replied']);
    expect(metadata(eventsOf(id).at(-1)!)['approval_required']).toBe(true);
    await simulator.control.agent(approve(id));
    await eventually(() => lastOf(id, steps)).toEqual(steps);
    const approved = eventsOf(id).find(({ type }) => type === 'content.approved')!;
    expect(approved.user_id).toBe(users['agent-2']);
    expect(metadata(approved)['approval_required']).toBe(false);
  });

  it('is what a user waits for who may not write without it', async () => {
    const { thread_id: id, content_id } = await thread();
    const rights = account.users[users.bot]!.sources;
    rights[sources.chat] = ['read', 'reply', 'approval_required'];
    const json = { in_reply_to_id: content_id, body: 'Hello!' };
    const { answer } = await simulator.call('POST', '/contents', { json });
    rights[sources.chat] = ['read', 'reply'];
    expect(answer).toMatchObject({
      approval_required: true,
      synchronization_status: 'export_pending',
    });
    await simulator.control.agent(approve(id));
    await eventually(() => lastOf(id, steps)).toEqual(steps);
  });

  it('of nothing is refused', async () => {
    const { thread_id } = await thread();
    const refused = await simulator.callControl('POST', '/cast/agent', approve(thread_id));
    expect(refused.status).toBe(422);
  });
});

describe('a merge of two threads', () => {
  it('moves contents, interventions and the customer’s next words; the emptied thread is gone', async () => {
    const [from, into] = [await thread(), await thread()];
    await simulator.control.agent({ ...at(from.thread_id), do: 'reply', body: 'Hi' });
    await simulator.control.merge(from.thread_id, into.thread_id);
    expect((await simulator.call('GET', `/content_threads/${from.thread_id}`)).status).toBe(404);
    const { contents, interventions } = await simulator.control.record(into.thread_id);
    expect(contents.map(({ body }) => body)).toEqual(['hello', 'hello', 'Hi']);
    expect(interventions).toHaveLength(1);
    const moved = await simulator.call('GET', `/contents/${from.content_id}`);
    expect(moved.answer['thread_id']).toBe(into.thread_id);
    expect((await simulator.says('more', into.identity)).thread_id).toBe(into.thread_id);
  });

  it('is refused for one thread, and across sources', async () => {
    const one = await thread();
    const other = await simulator.says('hello', 'of another source', 'messages');
    for (const into of [one.thread_id, other.thread_id]) {
      const act = { thread: one.thread_id, do: 'merge', into };
      expect((await simulator.callControl('POST', '/cast/thread', act)).status).toBe(422);
    }
  });
});

describe('a token that is replaced', () => {
  const ask = (bearer: string) =>
    simulator.call('GET', '/teams', { headers: { authorization: `Bearer ${bearer}` } });

  it('is refused from then on, as the documentation or as a gateway says', async () => {
    await simulator.control.token('the next one');
    expect(await ask(token)).toMatchObject({ status: 403, answer: { error: 'forbidden' } });
    expect((await ask('the next one')).status).toBe(200);
    await simulator.control.token(token, 401);
    expect(await ask('the next one')).toMatchObject({ status: 401, answer: { status: 401 } });
    expect((await ask(token)).status).toBe(200);
  });
});

/** Each call to the platform: its method, its place, what it carries, and which answers it understands. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEngageClient, type EngageClient } from '../../engage/client.js';
import { createSetUpClient, type SetUpClient } from '../../engage/set-up.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';

let platform: HttpTarget;
let engage: EngageClient;
let setUp: SetUpClient;
beforeAll(async () => {
  platform = await startHttpTarget();
  const options = { url: platform.url, token: 'the-token', timeout: 60_000 };
  engage = createEngageClient(options);
  setUp = createSetUpClient(options);
});
afterAll(() => platform.close());
beforeEach(() => {
  platform.asked.length = 0;
});

const at = '2026-01-15T09:30:00Z';
const list = (...records: readonly object[]) => ({ count: records.length, records });
/** As `POST /path name=value&…`. */
function asked(): readonly string[] {
  return platform.asked.map(({ method, url, body }) =>
    decodeURIComponent(`${method} ${url} ${body}`.replaceAll('+', ' ')).trim(),
  );
}

type Case = readonly [call: string, (on: EngageClient) => Promise<unknown>, answer: unknown];
const thread = { id: 't', closed: false, contents_count: 3, thread_category_ids: ['a'] };
const content = { id: 'c', created_at: at };
const intervention = { id: 'i', thread_id: 't', user_id: 'ana', closed: true };
const comment = { id: 'n', body: 'a note', user_id: 'ana' };

describe('a call of threads', () => {
  const newest = 'q=thread:"t" order:"created_at.desc"&limit=30';
  const hand = { from: 'bot', to: 'agent' } as const;
  const engaged = 'type=engage_virtual_agent';
  it.each<Case>([
    ['GET /1.0/content_threads/t', (on) => on.getThread('t'), thread],
    ['PUT /1.0/content_threads/t/close', (on) => on.closeThread('t'), thread],
    [`GET /1.0/contents?${newest}`, (on) => on.listNewestContents('t'), list(content)],
    [`GET /1.0/contents?${newest}`, (on) => on.listThreadContents('t'), list(content, { no: 1 })],
    ['POST /1.0/interventions content_id=c', (on) => on.openIntervention('c'), intervention],
    [
      'GET /1.0/interventions?thread_id=t&status=active',
      (on) => on.listActiveInterventions('t'),
      list(intervention),
    ],
    ['GET /1.0/interventions/i', (on) => on.getIntervention('i'), intervention],
    ['PUT /1.0/interventions/i/close', (on) => on.closeIntervention('i'), intervention],
    ['DELETE /1.0/interventions/i/cancel', (on) => on.cancelIntervention('i'), intervention],
    [
      'PUT /1.0/interventions/i custom_field_values[plan]=gold&custom_field_values[likes][]=tea',
      (on) => on.setInterventionFields('i', { plan: 'gold', likes: ['tea'] }),
      intervention,
    ],
    [
      'GET /1.0/intervention_comments?intervention_id=i&limit=100',
      (on) => on.listComments('i'),
      list(comment),
    ],
    [
      'POST /1.0/intervention_comments intervention_id=i&body=a note',
      (on) => on.createComment({ interventionId: 'i', body: 'a note' }),
      comment,
    ],
    ['POST /1.0/bots/engage content_id=c', (on) => on.engageAsBot('c'), intervention],
    ['POST /1.0/bots/complete intervention_id=i', (on) => on.completeAsBot('i'), { status: 200 }],
    [
      `POST /1.0/bots/handover from=bot&to=agent&${engaged}&trigger=asked&intervention_id=i&thread_category_ids[]=a&thread_category_ids[]=b`,
      (on) =>
        on.handOverAsBot({
          ...hand,
          interventionId: 'i',
          trigger: 'asked',
          categoryIds: ['a', 'b'],
        }),
      { status: '200' },
    ],
    [
      `POST /1.0/bots/handover from=bot&to=agent&${engaged}&thread_category_ids[]=a`,
      (on) => on.handOverAsBot({ ...hand, categoryIds: ['a'] }),
      {},
    ],
    [
      'POST /1.0/bots/handover from=bot&to=agent&type=messenger&identity_foreign_id=ana&app_id=ours',
      (on) => on.handOverOnMessenger({ ...hand, customerId: 'ana', appId: 'ours' }),
      {},
    ],
  ])('%s', async (call, run, answer) => {
    platform.answer = json(200, answer);
    await run(engage);
    expect(asked()).toEqual([call]);
  });

  it('brings what the platform says of the object', async () => {
    platform.answer = json(200, list(intervention));
    expect(await engage.listActiveInterventions('t')).toEqual([intervention]);
    platform.answer = json(200, comment);
    expect(await engage.createComment({ interventionId: 'i', body: 'a note' })).toEqual(comment);
    platform.answer = json(200, list(comment));
    expect(await engage.listComments('i')).toEqual([comment]);
    platform.answer = json(200, thread);
    expect(await engage.closeThread('t')).toMatchObject(thread);
  });

  it('that deletes understands an answer without a body', async () => {
    platform.answer = (_, response) => void response.writeHead(204).end();
    expect(await engage.cancelIntervention('i')).toMatchObject({ id: 'i', closed: true });
  });
});

describe('the body of a reply', () => {
  const base = { inReplyToId: 'q', isPrivate: false };
  const structured = { type: 'list_picker' };
  const attachment_ids = ['a1'];
  const sent = { in_reply_to_id: 'q', private: false };
  it.each([
    ['a text', { body: 'hi' }, { ...sent, body: 'hi' }],
    [
      'a text and a message',
      { body: 'hi', structured },
      { body: 'hi', structured_content: structured },
    ],
    ['only a message', { body: ' ', structured }, { structured_content: structured }],
    ['only attachments', { body: '', attachmentIds: ['a1'] }, { attachment_ids }],
    ['nothing, which the platform refuses by itself', { body: '' }, { body: '' }],
  ])('has %s', async (_, reply, body) => {
    platform.answer = json(200, content);
    await engage.createReply({ ...base, ...reply });
    expect(JSON.parse(platform.asked[0]?.body ?? '')).toEqual({ ...sent, ...body });
  });
});

describe('a call about people and set-up', () => {
  const place = { offset: 150, limit: 150 };
  const paged = '?offset=150&limit=150';
  const user = { id: 'u', email: 'ana@example.com', enabled: true, role_id: 'r' };
  const source = { id: 's', name: 'Chat', channel_id: 'c', community_id: 'k' };
  const identity = { id: 'x', foreign_id: 'fb', community_id: 'k', user_ids: ['u'] };
  const status = [{ agent_id: 'u', channels: [{ id: 'realtime', status: 'available' }] }];
  const topology = { id: 'w', name: 'Main', config: { steps: 1 } };

  it.each<readonly [string, (on: SetUpClient) => Promise<unknown>, unknown]>([
    [`/users${paged}`, (on) => on.listUsers(place), list(user)],
    [
      `/users${paged}&category_id=a`,
      (on) => on.listUsers({ ...place, categoryId: 'a' }),
      list(user),
    ],
    ['/users/u', (on) => on.getUser('u'), user],
    ['/users/u/sources_permissions', (on) => on.getSourcePermissions('u'), { s: ['reply'] }],
    [`/roles${paged}`, (on) => on.listRoles(place), list({ id: 'r', label: 'Agents' })],
    [`/teams${paged}`, (on) => on.listTeams(place), list({ id: 'd', name: 'Day' })],
    [`/channels${paged}`, (on) => on.listChannels(place), list({ id: 'c', name: 'Realtime' })],
    [`/categories${paged}`, (on) => on.listCategories(place), list({ id: 'a', name: 'Agent' })],
    [`/content_sources${paged}`, (on) => on.listSources(place), list(source)],
    ['/content_sources/s', (on) => on.getSource('s'), source],
    ['/identities/x', (on) => on.getIdentity('x'), identity],
    ['/topologies', (on) => on.listTopologies(), list(topology)],
    [
      '/webhooks?limit=150',
      (on) => on.listWebhooks(),
      list({ id: 'w', url: 'https://baton', registered_events: ['content.imported'] }),
    ],
    [
      '/status?source_ids[]=s&category_ids[]=a',
      (on) => on.listConnectedAgents({ sourceId: 's', categoryId: 'a' }),
      status,
    ],
  ])('%s', async (path, run, answer) => {
    platform.answer = json(200, answer);
    expect(await run(setUp)).toMatchObject(answer as object);
    expect(asked()).toEqual([`GET /1.0${path}`]);
  });

  it('keeps the place of a record that cannot be understood', async () => {
    for (const read of [setUp.listTopologies(), setUp.listCategories(place)]) {
      platform.answer = json(200, list({ name: 'without an id' }, topology));
      expect((await read).records).toMatchObject([undefined, { id: 'w' }]);
    }
  });
});

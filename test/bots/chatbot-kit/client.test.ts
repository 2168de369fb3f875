/** What becomes of each call of a kit bot: the table of docs/bots/chatbot-kit.md. */
import { afterAll, describe, expect, it } from 'vitest';
import type { BotAnswer } from '../../../bots/bot.js';
import { KitBotFiles } from '../../harness/kit-bot-files.js';
import { turnOf } from '../../harness/turn.js';

const files = new KitBotFiles();
afterAll(() => files.remove());

const turn = turnOf([], {
  burst: [{ id: 'c1', body: 'hello', hasAttachment: false }],
  record: [{ contentId: 'c0', by: 'customer', body: 'before', issuedAt: 0 }],
});

type Read = { readonly path: string; readonly query: readonly (readonly [string, string])[] };

/** The platform, as far as it can be read: a content of thread t1, and 404 for all else. */
function platform() {
  const read: Read[] = [];
  const engageGet = (path: string, query: Read['query']): Promise<unknown> => {
    read.push({ path, query });
    if (path === '/contents/c1') return Promise.resolve({ id: 'c1', thread_id: 't1' });
    if (path === '/content_threads/t1') return Promise.resolve({ id: 't1', title: 'Parcels' });
    return Promise.reject(Object.assign(new Error('no'), { status: 404, identifier: 'not_found' }));
  };
  return { read, engageGet };
}

const said = (...bodies: readonly string[]): BotAnswer => ({
  replies: bodies.map((body) => ({ body })),
});
const handedOver: BotAnswer = { replies: [], handOver: { because: 'botGaveUp' } };
const solved: BotAnswer = { replies: [], isSolved: true };
const select = { type: 'select', items: [{ title: 'Yes' }] } as const;

describe('becomes part of the answer', () => {
  const call = `await client`;
  it.each<[string, BotAnswer]>([
    [`${call}.reply(event, { body: 'hi' })`, said('hi')],
    [`${call}.reply(event, { title: 'only a title' })`, said('only a title')],
    [`${call}.reply(event, { title: 'of a mail', body: 'hi', to: ['x'], cc: ['y'] })`, said('hi')],
    [
      `${call}.reply(event, { body: 'hi', structured_content: ${JSON.stringify(select)} })`,
      { replies: [{ body: 'hi', structured: select }] },
    ],
    [
      `${call}.reply(event, { body: 'hi', attachment_ids: ['a1', 'a2'] })`,
      { replies: [{ body: 'hi', attachmentIds: ['a1', 'a2'] }] },
    ],
    [`${call}.post('/1.0/contents', { in_reply_to_id: 'c1', body: 'hi' })`, said('hi')],
    [`${call}.post('/contents', { in_reply_to_id: 'c0', body: 'hi' })`, said('hi')],
    [`${call}.post('/1.0/contents?in_reply_to_id=c1&body=hi')`, said('hi')],
    [`${call}.post('/1.0/contents', 'in_reply_to_id=c1&body=hi')`, said('hi')],
    [
      `${call}.post('/1.0/contents', null, { params: { in_reply_to_id: 'c1', body: 'hi' } })`,
      said('hi'),
    ],
    [
      `${call}.request({ method: 'POST', url: '/1.0/contents', data: { in_reply_to_id: 'c1', body: 'hi' } })`,
      said('hi'),
    ],
    [
      `${call}.post(client.server + '/1.0/contents', { in_reply_to_id: 'c1', body: 'hi' })`,
      said('hi'),
    ],
    [
      `const { data } = await client.reply(event, { body: 'one' });
       await client.post('/1.0/contents', { in_reply_to_id: data.id, body: 'two' })`,
      said('one', 'two'),
    ],
    [
      `${call}.put('/1.0/content_threads/t1/update_categories', { thread_category_ids: ['x', 'agents'] })`,
      handedOver,
    ],
    [
      `${call}.put('/1.0/content_threads/t1/update_categories?thread_category_ids[]=agents')`,
      handedOver,
    ],
    [
      `${call}.put('/1.0/content_threads/t1/update_categories?thread_category_ids%5B%5D=agents')`,
      handedOver,
    ],
    [
      `${call}.put('/1.0/interventions/i1/update_categories', { category_ids: ['agents'] })`,
      handedOver,
    ],
    [`${call}.put('/1.0/interventions/i1/reassign', { user_id: 'u1' })`, handedOver],
    [
      `${call}.post('/1.0/interventions', { content_id: 'c1', impersonated_user_id: 'u1' })`,
      handedOver,
    ],
    [`${call}.post('/1.0/interventions', { content_id: 'c1' })`, said()],
    [
      `const { data } = await client.post('/1.0/interventions', { content_id: 'c1' });
       await client.delete('/1.0/interventions/' + data.id + '/cancel')`,
      said(),
    ],
    [`${call}.put('/1.0/interventions/i1/close')`, solved],
    [`${call}.put('/1.0/content_threads/t1/close')`, solved],
    [
      `await client.put('/1.0/interventions/i1/close');
       await client.put('/1.0/interventions/i1/reassign', { user_id: 'u1' })`,
      handedOver,
    ],
    [
      `await client.post('/1.0/intervention_comments', { intervention_id: 'i1', body: 'wants a refund' });
       await client.put('/1.0/interventions/i1', { custom_field_values: { plan: 'gold' } });
       await client.put('/1.0/interventions/i1?custom_field_values[city]=Lyon');
       await client.put('/1.0/interventions/i1/reassign', { user_id: 'u1' })`,
      {
        replies: [],
        handOver: {
          ...{ because: 'botGaveUp', reason: 'wants a refund' },
          fields: { plan: 'gold', city: 'Lyon' },
        },
      },
    ],
  ])('%s', async (onEvent, answer) => {
    expect(await files.answer(onEvent, turn, platform())).toEqual(answer);
  });
});

describe('is refused, by method and path', () => {
  it.each([
    [`client.post('/1.0/contents', { body: 'hi' })`, 'POST /contents .*starting a thread'],
    [
      `client.post('/1.0/contents', { in_reply_to_id: 'c9', body: 'hi' })`,
      'POST /contents .*conversation',
    ],
    [`client.post('/1.0/contents', { in_reply_to_id: 'c1' })`, 'POST /contents .*body is empty'],
    [
      `client.post('/1.0/contents', { in_reply_to_id: 'c1', structured_content: {} })`,
      'POST /contents .*no type',
    ],
    [
      `client.put('/1.0/content_threads/t1/update_categories', { thread_category_ids: ['x'] })`,
      'PUT /content_threads/{id}/update_categories .*agents’ category',
    ],
    [
      `client.put('/1.0/content_threads/t2/update_categories', { thread_category_ids: ['agents'] })`,
      'another thread',
    ],
    [
      `client.put('/1.0/content_threads/t2/close')`,
      'PUT /content_threads/{id}/close .*another thread',
    ],
    [
      `client.post('/1.0/interventions', { content_id: 'c9' })`,
      'POST /interventions .*conversation',
    ],
    [
      `client.delete('/1.0/interventions/i1/cancel')`,
      'DELETE /interventions/{id}/cancel .*not opened',
    ],
    [`client.put('/1.0/interventions/i1', { color: 1 })`, 'PUT /interventions/{id} .*custom_field'],
    [`client.post('/1.0/intervention_comments', {})`, 'POST /intervention_comments .*body'],
    [`client.put('/1.0/identities/x1', { firstname: 'Ana' })`, 'PUT /identities/{id} '],
    [`client.delete('/1.0/contents/c1')`, 'DELETE /contents/{id} '],
    [`client.patch('/1.0/users/u1', {})`, 'PATCH /users/{id} '],
    [`client.get('https://elsewhere.example/1.0/contents')`, 'GET elsewhere '],
    [`client.post('//elsewhere.example/x', {})`, 'POST elsewhere '],
    [`client.authorize({ code: 'x' })`, 'POST /oauth/token '],
    [`client.authorizeUri({})`, 'GET /oauth/authorize '],
  ])('%s', async (call, message) => {
    const onEvent = `try { await ${call} } catch (error) {
      await client.reply(event, { body: error.response.status + ' ' + error.message }) }`;
    const { replies } = await files.answer(onEvent, turn, platform());
    const [{ body } = { body: '' }] = replies;
    expect(body).toMatch(new RegExp(`^403 .*${message.replace(/[{}]/g, '\\$&')}`));
    expect(body).not.toContain('elsewhere.example');
  });

  it('and where nobody waits for it, named in the log all the same', async () => {
    await files.answer(`client.put('/1.0/identities/x1', { firstname: 'Ana' })`, turn, platform());
    const logged = files.warned.at(-1);
    expect(logged).toMatchObject({ message: 'a call of the bot is refused' });
    expect(JSON.stringify(logged)).toContain('PUT /identities/{id}');
    expect(JSON.stringify(logged)).not.toContain('Ana');
  });
});

describe('is read on the platform', () => {
  const turnWith = (call: string) =>
    `const answer = await ${call}.catch(({ response }) => response);
     await client.reply(event, { body: answer.status + ' ' + JSON.stringify(answer.data) })`;

  it.each([
    [`client.get('/1.0/content_threads/t1')`, '200 {"id":"t1","title":"Parcels"}'],
    [`client.request({ url: '/content_threads/t1' })`, '200 {"id":"t1","title":"Parcels"}'],
    [`client.get('/1.0/identities/x1')`, '404 {"error":"not_found"}'],
  ])('%s', async (call, body) => {
    expect(await files.answer(turnWith(call), turn, platform())).toEqual(said(body));
  });

  it('with its parameters, lists as lists', async () => {
    const { read, engageGet } = platform();
    const call = `client.get('/1.0/status?limit=2', { params: { source_ids: ['a', 'b'], q: 'x' } })`;
    await files.answer(turnWith(call), turn, { engageGet });
    expect(read.at(-1)).toEqual({
      path: '/status',
      query: [
        ...[['limit', '2'] as const, ['source_ids[]', 'a'] as const],
        ...[['source_ids[]', 'b'] as const, ['q', 'x'] as const],
      ],
    });
  });

  it('the name of who tweeted is, for an answer to a tweet', async () => {
    const engageGet = (path: string) =>
      Promise.resolve(
        path === '/contents/c1'
          ? { id: 'c1', type: 'twtr/tweet', author_id: 'x1' }
          : { id: 'x1', uuid: 'ana' },
      );
    const onEvent = `client.reply(event, { body: 'hi' })`;
    expect(await files.answer(onEvent, turn, { engageGet })).toEqual(said('@ana hi'));
  });
});

it('no token or address is set', async () => {
  const onEvent = `await client.reply(event, {
    body: JSON.stringify([client.apiToken ?? null, client.token() ?? null, client.server]) })`;
  expect(await files.answer(onEvent, turn)).toEqual(said('[null,null,""]'));
});

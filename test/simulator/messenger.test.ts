/** The simulated `/bots/*` and Facebook's side of a page, with their own refusals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMessengerClient } from '../../engage/messenger/client.js';
import { messengerPage } from '../../simulator/seed.js';
import { startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { openSimulator, type OpenSimulator } from './setup.js';

let simulator: OpenSimulator;
let app: HttpTarget;
beforeEach(async () => {
  simulator = await openSimulator();
  app = await startHttpTarget();
  app.answer = ({ url, method }, response) => {
    const challenge = new URL(url, 'http://x').searchParams.get('hub.challenge') ?? '';
    response.end(method === 'GET' ? challenge : 'EVENT_RECEIVED');
  };
});
afterEach(async () => {
  await simulator.stop();
  await app.close();
});

async function page(primary: 'bot' | 'platform' | 'none') {
  const webhook = { url: `${app.url}/fb`, app_secret: 'app-secret', verify_token: 'verify-token' };
  await simulator.control.messenger({ source: 'messages', primary, token: 'page-token', webhook });
  const { page_id: pageId, app_ids: ids } = messengerPage;
  const url = `${simulator.url}/graph/v23.0`;
  const facebook = createMessengerClient({ url, token: 'page-token', timeout: 60_000 });
  return { ana: { pageId, customerId: 'ana' }, ids, facebook };
}

const hand = (form: Readonly<Record<string, string>>) =>
  simulator.call('POST', '/bots/handover', { form: Object.entries(form) });
const toBot = { from: 'agent', to: 'bot', type: 'messenger', identity_foreign_id: 'ana' };
const toAgent = { from: 'bot', to: 'agent', type: 'messenger', identity_foreign_id: 'ana' };

describe('a page', () => {
  it('gives an unowned thread to its primary receiver, or leaves it idle', async () => {
    for (const primary of ['bot', 'platform', 'none'] as const) {
      const { ana, ids, facebook } = await page(primary);
      const owner = primary === 'none' ? {} : { appId: ids[primary] };
      expect(await facebook.owner(ana)).toEqual(owner);
    }
  });

  it('lets only who has control write, and pass it', async () => {
    const { ana, ids, facebook } = await page('platform');
    await simulator.says('hello', 'ana', 'messages');
    await expect(facebook.send(ana, 'hi')).rejects.toMatchObject({ code: 'Refused' });
    await expect(facebook.pass(ana, ids.platform)).rejects.toMatchObject({ code: 'Refused' });
    await expect(facebook.take(ana)).rejects.toMatchObject({ code: 'Refused' });
  });

  it('imports what the bot’s app says as the brand’s own words', async () => {
    const { ana, facebook } = await page('bot');
    await simulator.says('hello', 'ana', 'messages');
    const { messageId } = await facebook.send(ana, 'Welcome!');
    const second = await simulator.receiver.until('content.imported', 2);
    expect(second.resource.metadata).toMatchObject({
      body: 'Welcome!',
      foreign_id: messageId,
      creator_id: null,
      status: 'user_reply',
    });
  });
});

describe('/bots/handover on Messenger', () => {
  it('to the agent only asks: nothing moves before the bot’s app passes', async () => {
    const { ana, ids, facebook } = await page('bot');
    await simulator.says('hello', 'ana', 'messages');
    expect(await hand(toAgent)).toMatchObject({ status: 200, answer: { status: 200 } });
    expect(await facebook.owner(ana)).toEqual({ appId: ids.bot });
    await facebook.pass(ana, ids.platform);
    expect(await facebook.owner(ana)).toEqual({ appId: ids.platform });
  });

  it('to the bot is refused while an agent is engaged, and passes afterwards', async () => {
    const { ana, ids, facebook } = await page('platform');
    const { thread_id: thread } = await simulator.says('hello', 'ana', 'messages');
    await simulator.control.agent({ thread, agent: 'agent-1', do: 'reply', body: 'Yes?' });
    await simulator.receiver.until('content.exported');
    const back = { ...toBot, app_id: ids.bot };
    expect((await hand(back)).status).toBe(422);
    await simulator.control.agent({ thread, agent: 'agent-1', do: 'close' });
    expect((await hand(back)).status).toBe(200);
    expect(await facebook.owner(ana)).toEqual({ appId: ids.bot });
  });

  it.each([
    ['nobody of that name', { ...toAgent, identity_foreign_id: 'nobody' }, 404],
    ['an app that is not on the page', { ...toBot, app_id: '1' }, 422],
    ['an unknown type', { ...toAgent, type: 'sms' }, 422],
    ['from a side to itself', { ...toAgent, from: 'agent' }, 422],
  ])('refuses %s', async (_, form, status) => {
    await page('platform');
    await simulator.says('hello', 'ana', 'messages');
    expect((await hand(form)).status).toBe(status);
  });
});

describe('virtual agents', () => {
  const engaged = async () => {
    const { content_id, thread_id } = await simulator.says('hello');
    const form = [['content_id', content_id] as const];
    return {
      thread_id,
      content_id,
      engage: () => simulator.call('POST', '/bots/engage', { form }),
    };
  };

  it('engage once, and complete only what has a reply', async () => {
    const { engage, content_id } = await engaged();
    const { answer } = await engage();
    expect((await engage()).status).toBe(422);
    const form = [['intervention_id', String(answer['id'])] as const];
    expect((await simulator.call('POST', '/bots/complete', { form })).status).toBe(422);
    const reply = { in_reply_to_id: content_id, body: 'hi' };
    await simulator.call('POST', '/contents', { json: reply });
    expect((await simulator.call('POST', '/bots/complete', { form })).status).toBe(200);
  });

  it('are not handed what an agent is engaged in', async () => {
    const { engage, thread_id: thread } = await engaged();
    const { answer } = await engage();
    const type = { type: 'engage_virtual_agent', intervention_id: String(answer['id']) };
    expect((await hand({ from: 'bot', to: 'agent', ...type })).status).toBe(200);
    await simulator.control.agent({ thread, agent: 'agent-1', do: 'engage' });
    expect((await hand({ from: 'agent', to: 'bot', ...type })).status).toBe(422);
  });
});

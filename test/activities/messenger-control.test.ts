/** Facebook's answers to a step of the handover protocol, and to a reply in our own app's name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createControlThread } from '../../activities/control-thread.js';
import { createMeetCustomer } from '../../activities/meet-customer.js';
import { speakOnMessenger } from '../../activities/speak-on-messenger.js';
import type { MessengerClient } from '../../engage/messenger/client.js';
import { MessengerError, type MessengerErrorCode } from '../../engage/messenger/errors.js';
import { startAnsweringPlatform, type AnsweringPlatform } from '../harness/answering-platform.js';
import { attempt, failureOf } from '../harness/one-attempt.js';

let platform: AnsweringPlatform;
beforeAll(async () => {
  platform = await startAnsweringPlatform();
});
afterAll(() => platform.close());

type Call = keyof MessengerClient;
const customer = { pageId: 'page', customerId: 'ana' };

/** Our app has control; each call is kept; those named fail. */
function facebook(failing: Partial<Record<Call, Error>> = {}, appId = 'ours') {
  const called: (readonly unknown[])[] = [];
  const answer =
    <T>(name: Call, value: T) =>
    (...given: readonly unknown[]): Promise<T> => {
      called.push([name, ...given]);
      const error = failing[name];
      return error ? Promise.reject(error) : Promise.resolve(value);
    };
  const client: MessengerClient = {
    send: answer('send', { messageId: 'm' }),
    owner: answer('owner', { appId }),
    pass: answer('pass', undefined),
    take: answer('take', undefined),
    request: answer('request', undefined),
    release: answer('release', undefined),
  };
  return { client, called };
}

describe('a step', () => {
  const step = (call: 'look' | 'take' | 'request' | 'release', messenger?: MessengerClient) =>
    attempt(createControlThread({ ...platform, messenger }), { ...customer, call });
  const pass = (messenger?: MessengerClient) => {
    const input = { ...customer, call: 'pass', appId: 'theirs' } as const;
    return attempt(createControlThread({ ...platform, messenger }), input);
  };

  it.each(['take', 'request', 'release'] as const)('%s is that call', async (call) => {
    const { client, called } = facebook();
    expect(await step(call, client)).toEqual({ is: 'done' });
    expect(called).toEqual([[call, expect.objectContaining(customer)]]);
  });
  it('a pass names the app', async () => {
    const { client, called } = facebook();
    expect(await pass(client)).toEqual({ is: 'done' });
    expect(called).toEqual([['pass', expect.objectContaining(customer), 'theirs']]);
  });
  it('a look brings the owner', async () => {
    expect(await step('look', facebook().client)).toEqual({ is: 'owner', appId: 'ours' });
  });

  it('that is refused is no failure', async () => {
    const { client } = facebook({ pass: new MessengerError('Refused', 'pass') });
    expect(await pass(client)).toEqual({ is: 'refused', code: 'Messenger.Refused' });
  });
  it.each<[MessengerErrorCode, boolean]>([
    ['RateLimited', false],
    ['NotConnected', false],
    ['AnswerLost', true],
    ['Failed', true],
  ])('%s: a pass that may have happened is not repeated, a look is', async (code, isFinal) => {
    const error = new MessengerError(code, 'x');
    const { client } = facebook({ pass: error, owner: error });
    const type = `Messenger.${code}`;
    expect(await failureOf(pass(client))).toEqual({ type, isFinal });
    expect(await failureOf(step('look', client))).toEqual({ type, isFinal: false });
  });
  it('that a defect of ours ends is thrown as it is', async () => {
    const defect = new TypeError('of ours');
    await expect(pass(facebook({ pass: defect }).client)).rejects.toBe(defect);
  });
  it('waits for a worker that has the page’s token', async () => {
    const failure = { type: 'Messenger.NoToken', isFinal: false };
    expect(await failureOf(pass())).toEqual(failure);
  });

  it('that the platform’s app is asked for goes to the platform', async () => {
    const input = { call: 'ask', customerId: 'ana', from: 'agent', to: 'bot' } as const;
    const ask = (more = {}) =>
      attempt(createControlThread({ ...platform, messenger: undefined }), { ...input, ...more });
    const asked = { type: 'messenger', from: 'agent', to: 'bot', identity_foreign_id: 'ana' };
    platform.answers({ 'POST /bots/handover': { body: { status: 200 } } });
    expect(await ask()).toEqual({ is: 'done' });
    expect(platform.lastWritten()).toEqual(asked);
    await ask({ appId: 'ours' });
    expect(platform.lastWritten()).toEqual({ ...asked, app_id: 'ours' });
    platform.answers({ 'POST /bots/handover': { status: 422 } });
    expect(await ask()).toEqual({ is: 'refused', code: 'Engage.Unprocessable' });
  });
});

describe('a reply in our app’s name', () => {
  const seen = { contentsBefore: 3 };
  const to = { ...customer, appId: 'ours' };
  const speak = (client: MessengerClient | undefined, isGivenUp = false) => {
    const { mayWait, mustBeWanted } = { mayWait: () => 0, mustBeWanted: () => undefined };
    const wanted = { mayWait, mustBeWanted, isGivenUp: () => isGivenUp };
    return speakOnMessenger(client, { body: 'Welcome!' }, { to, seen, attempt: wanted });
  };
  const pause = { retryAfter: 2_000 };

  it('is posted, with what was seen before', async () => {
    const { client, called } = facebook();
    const outcome = await speak(client);
    expect(outcome).toMatchObject({ is: 'posted', contentId: 'm', contentsBefore: 3 });
    expect(called.map(([name]) => name)).toEqual(['owner', 'send']);
    expect(called[1]).toEqual(['send', to, 'Welcome!']);
  });

  it.each<[string, Partial<Record<Call, MessengerErrorCode>>, object, number]>([
    ['who has control is refused', { owner: 'Refused' }, { is: 'refused' }, 1],
    ['who has control is not known now', { owner: 'Failed' }, { is: 'notSent', ...pause }, 1],
    ['the answer to the post is lost', { send: 'AnswerLost' }, { is: 'ambiguous' }, 2],
    ['the post comes too soon', { send: 'RateLimited' }, { is: 'notSent', ...pause }, 2],
    ['the post is refused', { send: 'Refused' }, { is: 'refused' }, 2],
  ])('when %s', async (_, failing, outcome, calls) => {
    const errors = Object.entries(failing).map(([name, code]) => [
      name,
      new MessengerError(code, name),
    ]);
    const { client, called } = facebook(Object.fromEntries(errors) as Partial<Record<Call, Error>>);
    const [code] = Object.values(failing);
    expect(await speak(client)).toEqual({ ...outcome, code: `Messenger.${code}` });
    expect(called).toHaveLength(calls);
  });

  it('is not posted under another app’s control, given up, or without a token', async () => {
    const [theirs, ours] = [facebook({}, 'theirs'), facebook()];
    expect(await speak(theirs.client)).toEqual({ is: 'noControl' });
    expect(await speak(ours.client, true)).toEqual({ is: 'notSent', code: 'GivenUp', ...pause });
    expect([...theirs.called, ...ours.called].map(([name]) => name)).toEqual(['owner', 'owner']);
    expect(await speak(undefined)).toEqual({ is: 'notSent', code: 'Messenger.NoToken', ...pause });
  });

  it.each(['owner', 'send'] as const)('a defect of ours at %s is thrown as it is', async (name) => {
    const defect = new TypeError('of ours');
    await expect(speak(facebook({ [name]: defect }).client)).rejects.toBe(defect);
  });
});

describe('meeting a customer', () => {
  const meet = async (identity: object) => {
    platform.answers({ 'GET /identities/i': { body: { id: 'i', ...identity } } });
    const followed: object[] = [];
    const follow = (by: object) => Promise.resolve(void followed.push(by));
    const activity = createMeetCustomer({ ...platform, messengerCustomers: { follow } });
    const input = { domainId: 'd', threadId: 't', identityId: 'i', pageId: 'page' };
    return [await attempt(activity, input), followed];
  };
  it('subscribes the thread to them', async () => {
    const by = { pageId: 'page', customerId: 'ana', domainId: 'd', threadId: 't' };
    expect(await meet({ foreign_id: 'ana' })).toEqual([{ customerId: 'ana' }, [by]]);
  });
  it('that Facebook does not know ends for good', async () => {
    expect(await failureOf(meet({}))).toEqual({ type: 'Engage.NotFound', isFinal: true });
  });
});

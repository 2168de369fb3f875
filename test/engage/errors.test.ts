/** Which failure may pass, and which may have happened, written out: retries and second messages depend on it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorTable, type EngageErrorCode } from '../../engage/errors.js';
import { createMessengerClient } from '../../engage/messenger/client.js';
import { createMessengerError, MessengerError } from '../../engage/messenger/errors.js';
import {
  createSdkClient,
  readSdkError,
  SdkError,
  sdkErrorTable,
} from '../../engage/source-sdk/client.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { startNobody } from '../harness/nobody.js';

let target: HttpTarget;
beforeAll(async () => {
  target = await startHttpTarget();
});
afterAll(() => target.close());

const never = { isTransient: false, mayHaveHappened: false };
const later = { isTransient: true, mayHaveHappened: false };
const perhaps = { isTransient: true, mayHaveHappened: true };

it('of the platform', () => {
  const expected: Record<EngageErrorCode, object> = {
    ...{ InvalidRequest: never, NotAuthorised: never, NotFound: never },
    ...{ ThreadLocked: never, Unprocessable: never },
    ...{ TokenRefused: later, Conflict: later, RateLimited: later },
    ...{ NotConnected: later, NoTurn: later },
    ...{ PlatformFailed: perhaps, AnswerLost: perhaps, BadAnswer: perhaps },
  };
  expect(errorTable).toStrictEqual(expected);
});

describe('of Facebook', () => {
  it.each<[string, number, number | undefined, string, object]>([
    ['by its status', 429, undefined, 'RateLimited', later],
    ['as too many calls of the app', 400, 4, 'RateLimited', later],
    ['as too many calls of the user', 400, 17, 'RateLimited', later],
    ['as too many calls of the page', 400, 32, 'RateLimited', later],
    ['as too many calls', 400, 613, 'RateLimited', later],
    ['as unknown now', 400, 1, 'Failed', perhaps],
    ['as not available now', 400, 2, 'Failed', perhaps],
    ['as its own failure', 500, undefined, 'Failed', perhaps],
    ['with a code', 400, 10, 'Refused', never],
    ['without a code', 499, undefined, 'Refused', never],
  ])('refused %s', (_, status, code, name, expected) => {
    const error = createMessengerError('/messages', status, code);
    expect(error).toMatchObject({ code: name, name: `Messenger.${name}`, ...expected });
  });

  it('whose answer never came, is not understood, or could not be asked for', async () => {
    const customer = { pageId: 'page', customerId: 'ana' };
    const codeOf = (url: string) =>
      createMessengerClient({ url, token: 'x', timeout: 60_000 })
        .send(customer, 'hi')
        .then(
          () => 'none',
          (error: unknown) => (error instanceof MessengerError ? error.code : 'another'),
        );
    target.answer = (_, response) => void response.destroy();
    expect(await codeOf(target.url)).toBe('AnswerLost');
    target.answer = json(200, { surprise: true });
    expect(await codeOf(target.url)).toBe('AnswerLost');
    target.answer = json(200, { error: { code: 613 } });
    expect(await codeOf(target.url)).toBe('RateLimited');
    const nobody = await startNobody();
    expect(await codeOf(nobody.url)).toBe('NotConnected');
    await nobody.close();
    expect(new MessengerError('NotConnected', 'x')).toMatchObject(later);
    expect(new MessengerError('AnswerLost', 'x')).toMatchObject(perhaps);
  });
});

describe('of the realtime endpoint', () => {
  it('only some may pass, and some are the settings’ fault', () => {
    const codes = (flag: 'isTransient' | 'isSettings') =>
      Object.entries(sdkErrorTable).flatMap(([code, flags]) => (flags[flag] ? [code] : []));
    const all = Object.values(sdkErrorTable).flatMap((flags) => Object.values(flags));
    expect(all.every((flag) => typeof flag === 'boolean')).toBe(true);
    expect(codes('isTransient')).toEqual(['TooManyTypings', 'PlatformFailed', 'NotAnswered']);
    expect(codes('isSettings')).toEqual(['SourceNotFound', 'InvalidSignature', 'InvalidAction']);
  });

  it.each([
    [400, '', 'BadRequest'],
    [408, '', 'PlatformFailed'],
    [413, '', 'TooLarge'],
    [429, '', 'TooManyTypings'],
    [422, 'Source not found', 'SourceNotFound'],
    [422, 'Invalid signature: x', 'InvalidSignature'],
    [422, 'Invalid action', 'InvalidAction'],
    [422, 'Invalid resource format: x', 'InvalidResource'],
    [422, 'the body is too long', 'Refused'],
    [204, '', 'PlatformFailed'],
    [299, '', 'PlatformFailed'],
    [300, '', 'Refused'],
    [403, '', 'Refused'],
    [499, '', 'Refused'],
    [500, '', 'PlatformFailed'],
  ])('%i "%s" is %s', (status, text, code) => {
    expect(readSdkError(status, text)).toBe(code);
  });

  it('is reported to a push, with the pause that it needs and the status that it had', async () => {
    const client = createSdkClient({ url: target.url, secret: 'key', timeout: 60_000 });
    const push = (answer: HttpTarget['answer']): Promise<unknown> => {
      target.answer = answer;
      return client.push('s', { action: 'x', params: {} }).catch((error: unknown) => error);
    };
    const says =
      (status: number, text: string) =>
      (_: unknown, response: Parameters<HttpTarget['answer']>[1]) =>
        void response.writeHead(status).end(text);
    expect(await push(says(200, 'ok\n'))).toBeUndefined();
    expect(await push(says(429, ''))).toMatchObject({ code: 'TooManyTypings', retryAfter: 2_000 });
    const refused = await push(says(422, 'Invalid action'));
    expect(refused).toBeInstanceOf(SdkError);
    expect(refused).toMatchObject({ code: 'InvalidAction', message: 'realtime push 422' });
    expect(await push(says(200, '<html>'))).toMatchObject({ code: 'NotAnswered' });
    expect(await push((_, response) => void response.destroy())).toMatchObject({
      code: 'NotAnswered',
    });
  });
});

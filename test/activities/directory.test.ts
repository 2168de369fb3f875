/** Reading the account's people: who costs a call, what is kept after a failure, and how many calls it took. */
import { describe, expect, it } from 'vitest';
import { createAskDirectory } from '../../activities/directory/ask-directory.js';
import { createReadAccountFacts } from '../../activities/directory/read-account-facts.js';
import { createReadPeople } from '../../activities/directory/read-people.js';
import { NotAuthorised, NotFound, PlatformFailed, RateLimited } from '../../engage/errors.js';
import type { PagePlace } from '../../engage/lists.js';
import { roleSchema, sourceSchema, userSchema } from '../../engage/people-resources.js';
import type { DirectoryPlan, PeopleInput } from '../../workflows/contract/directory.js';
import { attempt } from '../harness/one-attempt.js';

const plan: DirectoryPlan = {
  ...{ sourceIds: ['chat'], categoryIds: ['agent'], teamIds: ['day'], botUserId: 'bot' },
  ...{ pace: 0, callTimeout: 1_000, portion: 100 },
};
const call = 'GET /x';
const down = new PlatformFailed({ call });
const moment = { retryAfter: 5_000 };

/** A list in pages of two, whatever is asked for. */
const listOf =
  <R>(all: readonly R[], failure?: Error) =>
  ({ offset }: PagePlace) =>
    failure
      ? Promise.reject(failure)
      : Promise.resolve({ count: all.length, records: all.slice(offset, offset + 2) });

describe('what is read of the account', () => {
  const sources = [
    { id: 'chat', channel_id: 'realtime', live_chat: true },
    { id: 'other', live_chat: true },
    { id: 'mail' },
  ].map((one) => sourceSchema.parse(one));
  const roles = [
    { id: 'idle', receive_tasks: false },
    { id: 'agents', receive_tasks: true },
    { id: 'unknown' },
  ].map((one) => roleSchema.parse(one));
  const readFacts = (failing: { sources?: Error; roles?: Error } = {}) => {
    const engage = {
      listSources: listOf(sources, failing.sources),
      listRoles: listOf(roles, failing.roles),
    };
    const input = { ...plan, sourceIds: ['chat', 'mail'] };
    return attempt(createReadAccountFacts({ engage }), input);
  };
  const facts = [
    { id: 'chat', channelId: 'realtime', isRealtime: true },
    { id: 'mail', channelId: undefined, isRealtime: false },
  ];

  it('is our sources, and the roles without tasks', async () => {
    expect(await readFacts()).toEqual({ sources: facts, idleRoleIds: ['idle'], calls: 4 });
  });
  it.each([new NotAuthorised({ call }), new NotFound({ call })])(
    'is without roles where they may not be read: %s',
    async (error) => {
      expect(await readFacts({ roles: error })).toMatchObject({ sources: facts, idleRoleIds: [] });
    },
  );
  it.each<[string, Parameters<typeof readFacts>[0], object, number]>([
    ['passes', { roles: down }, { code: down.name, ...moment, isPassing: true }, 3],
    [
      'waits as it says',
      { sources: new RateLimited({ call, retryAfter: 7_000 }) },
      { code: 'Engage.RateLimited', retryAfter: 7_000, isPassing: true },
      1,
    ],
    [
      'waits for the rest of the minute',
      { sources: new RateLimited({ call }) },
      { code: 'Engage.RateLimited', retryAfter: 30_000, isPassing: true },
      1,
    ],
    [
      'does not pass',
      { sources: new NotAuthorised({ call }) },
      { code: 'Engage.NotAuthorised', ...moment, isPassing: false },
      1,
    ],
  ])('a failure %s', async (_, failing, trouble, calls) => {
    expect(await readFacts(failing)).toEqual({ calls, trouble });
  });
  it('a defect of ours is thrown as it is', async () => {
    const defect = new TypeError('of ours');
    await expect(readFacts({ sources: defect })).rejects.toBe(defect);
  });
});

describe('reading people', () => {
  const user = (id: string, more: object = {}) =>
    userSchema.parse({
      id,
      category_ids: ['agent'],
      team_ids: ['day'],
      role_id: 'agents',
      ...more,
    });
  const idle = [
    user('off', { enabled: false }),
    user('bot'),
    user('idle', { role_id: 'idle' }),
    user('elsewhere', { category_ids: ['other'] }),
  ];
  const agents = [user('ana'), user('ben', { role_id: null }), user('cem')];

  function readPeople(
    users: readonly (ReturnType<typeof user> | undefined)[],
    more: Partial<PeopleInput> = {},
    failing: Readonly<Record<string, Error>> = {},
  ) {
    const asked: string[] = [];
    const engage = {
      listUsers: listOf(users),
      getSourcePermissions: (id: string) => {
        asked.push(id);
        const error = failing[id];
        if (error) return Promise.reject(error);
        return Promise.resolve({ chat: ['read', 'reply'], mail: ['read'] });
      },
    };
    const input: PeopleInput = { ...plan, idleRoleIds: ['idle'], offset: 0, ...more };
    const read = attempt(createReadPeople({ engage }), input);
    return read.then(({ people, ...rest }) => {
      const ids = Object.values(people).flatMap((one) => one.split(' '));
      return { ids, rights: Object.keys(people).length, asked, ...rest };
    });
  }

  it('asks for each who may take a thread, over all pages', async () => {
    const ids = ['ana', 'ben', 'cem'];
    expect(await readPeople([...idle, ...agents])).toEqual({
      ...{ ids, rights: 1, asked: ids, offset: 7, isComplete: true, calls: 4 + 3 },
    });
  });
  it('of a list whose end is a page’s end makes no call too many', async () => {
    expect(await readPeople(idle)).toMatchObject({ calls: 2, isComplete: true, rights: 0 });
  });
  it('of an empty list is complete', async () => {
    expect(await readPeople([])).toMatchObject({ calls: 1, isComplete: true, offset: 0 });
  });
  it('begins where the last batch ended', async () => {
    expect(await readPeople(agents, { offset: 2 })).toMatchObject({ ids: ['cem'], calls: 2 });
  });
  it('ends when its calls are spent, before the one who is next', async () => {
    expect(await readPeople(agents, { portion: 2 })).toMatchObject({
      ...{ ids: ['ana'], offset: 1, isComplete: false, calls: 2 },
    });
    expect(await readPeople(idle, { portion: 1 })).toMatchObject({ offset: 2, isComplete: false });
  });
  it('keeps the place of one that cannot be understood', async () => {
    const read = await readPeople([undefined, ...agents]);
    expect(read).toMatchObject({ ids: ['ana', 'ben', 'cem'], offset: 4 });
  });
  it('of one who was deleted meanwhile finds no rights', async () => {
    const read = await readPeople(agents, {}, { ben: new NotFound({ call }) });
    expect(read).toMatchObject({ ids: ['ana', 'cem', 'ben'], rights: 2, isComplete: true });
  });
  it('keeps what it has when a call fails', async () => {
    expect(await readPeople(agents, {}, { ben: down })).toMatchObject({
      ...{ ids: ['ana'], offset: 1, isComplete: false, calls: 3 },
      trouble: { code: down.name, ...moment, isPassing: true },
    });
  });
});

it('a refresh is asked for in the schedule’s name', async () => {
  const asked: object[] = [];
  const directory = {
    source: () => Promise.resolve(undefined),
    mayAnswer: () => Promise.resolve(undefined),
    ask: (wanted: object) => Promise.resolve(void asked.push(wanted)),
  };
  await attempt(createAskDirectory({ directory }), plan);
  expect(asked).toEqual([{ by: 'schedule', plan }]);
});

/** The event a kit bot receives: the kit's shape, made from the turn and the platform's own record. */
import { afterAll, expect, it } from 'vitest';
import { KitBotFiles } from '../../harness/kit-bot-files.js';
import { turnOf } from '../../harness/turn.js';
import type { BotTurn } from '../../../bots/bot.js';
import type { GivenToBots } from '../../../bots/adapter.js';

const files = new KitBotFiles();
afterAll(() => files.remove());

type KitEvent = {
  readonly type: string;
  readonly id: string;
  readonly issued_at?: string;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly metadata: Readonly<Record<string, unknown>>;
  };
};

async function receivedEvents(
  turn: BotTurn,
  given: GivenToBots = {},
): Promise<readonly KitEvent[]> {
  const says = 'await client.reply(event, { body: JSON.stringify(event) })';
  const { replies } = await files.answer(says, turn, given);
  return replies.map(({ body }) => JSON.parse(body) as KitEvent);
}

const at = Date.parse('2026-01-15T09:30:00.412Z');
const turn = turnOf([], {
  burst: [
    { id: 'c1', body: 'hello', hasAttachment: false, language: 'en' },
    { id: 'c2', body: 'yes', payload: 'solved', hasAttachment: true },
  ],
  record: [{ contentId: 'c1', by: 'customer', body: 'hello', issuedAt: at }],
});

it('has what the turn knows', async () => {
  const [first, second] = await receivedEvents(turn);
  expect(first).toEqual({
    type: 'content.imported',
    id: 'content.imported-c1',
    issued_at: '2026-01-15T09:30:00.412Z',
    resource: {
      type: 'message',
      id: 'c1',
      metadata: {
        ...{ id: 'c1', body: 'hello', language: 'en', has_attachment: false, date: '2026-01-15' },
        ...{ status: 'new', created_from: 'synchronizer', creator_id: null },
      },
    },
  });
  expect(second).toMatchObject({
    resource: { metadata: { has_attachment: true, structured_reply: { payload: 'solved' } } },
  });
});

it('has what the platform’s record adds, in a webhook’s words', async () => {
  const asked: string[] = [];
  const engageGet = async (path: string) => {
    asked.push(path);
    return Promise.resolve({
      ...{ id: 'c2', type: 'emails/email', thread_id: 't1', author_id: 'a1', source_id: 's1' },
      ...{ private_message: true, body: 'an older wording', created_at: '2026-01-15T09:31:00Z' },
    });
  };
  const [, second] = await receivedEvents(turn, { engageGet });
  expect(asked).toEqual(['/contents/c1', '/contents/c2']);
  expect(second).toMatchObject({
    issued_at: '2026-01-15T09:31:00Z',
    resource: {
      type: 'emails/email',
      metadata: { thread_id: 't1', author_id: 'a1', source_id: 's1', private: true, body: 'yes' },
    },
  });
  expect(second?.resource.metadata).not.toHaveProperty('private_message');
});

it.each([403, 404])('does without a record the platform does not show (%i)', async (status) => {
  const engageGet = () => Promise.reject(Object.assign(new Error('no'), { status }));
  expect(await receivedEvents(turn, { engageGet })).toEqual(await receivedEvents(turn));
});

it('is not made while the platform does not answer: the turn is asked again', async () => {
  const engageGet = () => Promise.reject(new Error('no answer'));
  await expect(receivedEvents(turn, { engageGet })).rejects.toThrow('no answer');
});

it('has the same id however often it is asked about', async () => {
  const [again] = await receivedEvents({ ...turn, id: 'another turn', burst: turn.burst.slice(1) });
  expect(again?.id).toBe((await receivedEvents(turn))[1]?.id);
});

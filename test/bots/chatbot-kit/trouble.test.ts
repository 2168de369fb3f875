/** A kit bot that throws, hangs, says something too late, or says too much. */
import { afterAll, describe, expect, it } from 'vitest';
import { KitBotFiles } from '../../harness/kit-bot-files.js';
import { turnOf } from '../../harness/turn.js';

const files = new KitBotFiles();
afterAll(() => files.remove());

const turn = turnOf(['my secret is 1234']);

describe('a bot that throws', () => {
  it.each([
    ['in its time', `throw new TypeError('received ' + event.resource.metadata.body)`],
    ['after it has spoken', `await client.reply(event, { body: 'hi' }); null.x`],
  ])(
    '%s counts as no answer, and its message about the customer is not logged',
    async (_, onEvent) => {
      const asked = files.answer(onEvent, turn);
      await expect(asked).rejects.toThrow(/^the bot kit threw TypeError at bot-\d+\.cjs:\d+:\d+$/);
      const error: unknown = await asked.catch((thrown: unknown) => thrown);
      expect(JSON.stringify(error)).not.toContain('1234');
      expect((error as Error).stack).not.toContain('1234');
      expect((error as Error).cause).toBeUndefined();
    },
  );

  it('something that is no error has none either', async () => {
    await expect(files.answer(`throw event.resource.metadata.body`, turn)).rejects.toThrow(
      'the bot kit threw something at an unknown location',
    );
  });

  it('a reply without words has, as in the kit', async () => {
    await expect(files.answer(`await client.reply(event, {})`, turn)).rejects.toThrow(
      /threw Error/,
    );
    await expect(files.answer(`await client.reply(event)`, turn)).rejects.toThrow(/threw Error/);
  });
});

it('a call of a bot that hangs ends when it is aborted', async () => {
  const withdrawn = new AbortController();
  const bot = files.bot({
    module: files.write(`exports.onEvent = () => new Promise(() => process.emit('kit-bot-hangs'))`),
  });
  const hangs = new Promise<void>((resolve) =>
    process.once('kit-bot-hangs' as 'exit', () => resolve()),
  );
  const asked = files.ask(bot, turn, withdrawn.signal);
  await hangs;
  withdrawn.abort();
  await expect(asked).rejects.toThrow('withdrawn');
});

describe('what is not waited for', () => {
  it('is said when it was said before the bot returned', async () => {
    const onEvent = `client.reply(event, { body: 'one' }); client.reply(event, { body: 'two' });`;
    const { replies } = await files.answer(onEvent, turn);
    expect(replies).toEqual([{ body: 'one' }, { body: 'two' }]);
  });

  it('is said when it follows from a call of the client', async () => {
    const onEvent = `client.get('/1.0/users/me').then(({ data }) =>
      client.reply(event, { body: data.name }))`;
    const engageGet = (path: string) =>
      Promise.resolve(path.startsWith('/users') ? { name: 'Bot' } : {});
    expect(await files.answer(onEvent, turn, { engageGet })).toEqual({
      replies: [{ body: 'Bot' }],
    });
  });

  it('is dropped when it comes after the turn, and counted without its words', async () => {
    const source = `
      let later; exports.later = () => later();
      exports.onEvent = async ({ event, client }) => {
        await client.reply(event, { body: 'in time' });
        later = async () => {
          await client.reply(event, { body: 'my secret' });
          await client.put('/1.0/content_threads/t1/close');
          process.emit('kit-bot-late');
        };
        process.once('kit-bot-go', () => void later());
      }`;
    const bot = files.bot({ module: files.write(source) });
    const { replies } = await files.ask(bot, turn);
    const late = new Promise<void>((resolve) =>
      process.once('kit-bot-late' as 'exit', () => resolve()),
    );
    process.emit('kit-bot-go' as 'disconnect');
    await late;
    expect(replies).toEqual([{ body: 'in time' }]);
    const message = 'dropped: the turn is over';
    expect(files.warned.slice(-2)).toEqual([
      { call: 'POST /contents', late: 1, message },
      { call: 'PUT /content_threads/{id}/close', late: 2, message },
    ]);
  });
});

it('words for agents who are given nothing are counted', async () => {
  await files.answer(`await client.post('/1.0/intervention_comments', { body: 'hm' })`, turn);
  const message = 'meant for agents, but not handed over';
  expect(files.warned.at(-1)).toEqual({ turn: 'turn', lost: 1, message });
});

it('more replies than an answer holds become fewer, all words kept in order', async () => {
  const bodies = Array.from({ length: 25 }, (_, i) => `${i}`);
  const onEvent = `await client.reply(event, { body: event.resource.metadata.body })`;
  const { replies } = await files.answer(onEvent, turnOf(bodies));
  expect(replies).toHaveLength(10);
  expect(replies.flatMap(({ body }) => body.split('\n\n'))).toEqual(bodies);
});

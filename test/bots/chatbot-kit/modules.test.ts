/** What may be named as a bot of the kit, and in which order its parts handle an event. */
import { afterAll, describe, expect, it } from 'vitest';
import { startBots } from '../../../worker/bots.js';
import { KitBotFiles } from '../../harness/kit-bot-files.js';
import { turnOf } from '../../harness/turn.js';

const files = new KitBotFiles();
afterAll(() => files.remove());

const says = (body: string) => `({ event, client }) => client.reply(event, { body: '${body}' })`;

describe('a module', () => {
  it.each([
    ['exports of CommonJS', `exports.onEvent = ${says('hi')}`, 'cjs'],
    ['module.exports', `module.exports = { onEvent: ${says('hi')} }`, 'cjs'],
    [
      'a compiled default',
      `exports.__esModule = true; exports.default = { onEvent: ${says('hi')} }`,
      'cjs',
    ],
    ['exports of ESM', `export const onEvent = ${says('hi')}`, 'mjs'],
    ['a default of ESM', `export default { onEvent: ${says('hi')} }`, 'mjs'],
    ['ESM with another default', `export default 1; export const onEvent = ${says('hi')}`, 'mjs'],
  ])('may be %s', async (_, source, end) => {
    const bot = files.bot({ module: files.write(source, end) });
    expect(await files.ask(bot, turnOf(['hello']))).toEqual({ replies: [{ body: 'hi' }] });
  });

  const good = () => files.write(`exports.onEvent = ${says('hi')}`);
  const without = () => files.write(`exports.name = 'nothing else'`);
  it.each([
    [
      'has no onEvent',
      () => ({ module: without() }),
      /^bots\.kit\.chatbotKit\.module: .*no function onEvent$/,
    ],
    [
      'is not there',
      () => ({ module: './no-such-bot.js' }),
      /^bots\.kit\.chatbotKit\.module: cannot load/,
    ],
    [
      'throws',
      () => ({ module: files.write('throw new Error()') }),
      /chatbotKit\.module: cannot load/,
    ],
    [
      'is a skill without onEvent',
      () => ({ module: good(), skills: [good(), without()] }),
      /^bots\.kit\.chatbotKit\.skills\.1: /,
    ],
  ])('that %s is refused at start by the name of its setting', async (_, settings, message) => {
    const starting = startBots(new Map([['kit', files.bot(settings())]]));
    await expect(starting).rejects.toThrow(message);
  });

  it('is loaded once: what it keeps outlives a turn, and another bot has its own', async () => {
    const counts = () =>
      files.write(`let n = 0; exports.onEvent = ({ event, client }) =>
        client.reply(event, { body: String((n += 1)) })`);
    const [one, other] = [files.bot({ module: counts() }), files.bot({ module: counts() })];
    await files.ask(one, turnOf(['a', 'b']));
    expect(await files.ask(one, turnOf(['c']))).toEqual({ replies: [{ body: '3' }] });
    expect(await files.ask(other, turnOf(['c']))).toEqual({ replies: [{ body: '1' }] });
  });
});

describe('skills', () => {
  const onEvent = (name: string, returns: string) =>
    `async ({ event, client, handled }) => {
      await client.reply(event, { body: '${name} ' + JSON.stringify(handled) }); return ${returns} }`;
  const skill = (name: string, returns: string) => `{ onEvent: ${onEvent(name, returns)} }`;

  it('are called before the bot, its own first, each with the result of those before it', async () => {
    const module = files.write(
      `exports.skills = [${skill('a', 'undefined')}, { name: 'handles nothing' }, ${skill('b', "'yes'")}]
       exports.onEvent = ${onEvent('bot', 'undefined')}`,
    );
    const added = files.write(`module.exports = ${skill('c', 'false')}`);
    const bot = files.bot({ module, skills: [added] });
    const { replies } = await files.ask(bot, turnOf(['hello']));
    // Nothing returned by the first: the kit hands that on as it is.
    const expected = ['a false', 'b undefined', 'c "yes"', 'bot "yes"'];
    expect(replies.map(({ body }) => body)).toEqual(expected);
  });

  it('that would serve routes are named in the log', async () => {
    const source = `exports.skills = [{ appExtend() {} }]; exports.onEvent = ${says('hi')}`;
    await startBots(new Map([['kit', files.bot({ module: files.write(source) })]]));
    const message = 'routes of skills (appExtend) are not served';
    expect(files.warned).toContainEqual({ skills: 1, message });
  });
});

it('a misspelt setting is named by its place', () => {
  expect(() => files.bot({ module: './bot.js', skill: [] })).toThrow(/chatbotKit[^]*skill/);
  expect(() => files.bot({})).toThrow(/module/);
});

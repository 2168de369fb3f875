/** What the model receives of a conversation, as a table of conversations. */
import { describe, expect, it } from 'vitest';
import type { BotTurn, RecordEntry, Speaker } from '../../../bots/bot.js';
import { createMessages } from '../../../bots/adapters/openai/conversation.js';
import { settingsSchema } from '../../../bots/adapters/openai/settings.js';
import { turnOf } from '../../harness/turn.js';

const written = { baseUrl: 'https://models.example/v1', model: 'm', prompt: 'You help.' };

const said = (contentId: string, by: Speaker, body: string): RecordEntry => ({
  ...{ contentId, by, body },
  issuedAt: 0,
});

function shown(turn: BotTurn, more: object = {}) {
  const [system, ...rest] = createMessages(turn, settingsSchema.parse({ ...written, ...more }));
  const content = typeof system?.content === 'string' ? system.content : '';
  return {
    system: content,
    rest: rest.map(({ role, content: text }) => `${role}: ${text as string}`),
  };
}

describe('the model receives', () => {
  it('a burst as one', () => {
    expect(shown(turnOf(['hello', 'my parcel?'])).rest).toEqual(['user: hello\nmy parcel?']);
  });

  it('the customer as user, bot and colleagues as assistant, colleagues marked', () => {
    const record = [
      said('a', 'automatic', 'We write back soon.'),
      said('b', 'customer', 'hello'),
      said('c', 'bot', 'Hello!'),
      said('d', 'customer', 'a human'),
      said('e', 'agent', 'I refunded it.'),
    ];
    expect(shown(turnOf(['thanks'], { record })).rest).toEqual([
      'assistant: [automatic message] We write back soon.',
      'user: hello',
      'assistant: Hello!',
      'user: a human',
      'assistant: [human agent] I refunded it.',
      'user: thanks',
    ]);
  });

  it('a content of the burst once, though the record has it too', () => {
    const record = [said('0', 'customer', 'hello')];
    expect(shown(turnOf(['hello'], { record })).rest).toEqual(['user: hello']);
  });

  it('what was chosen, and that there is an attachment', () => {
    const burst = [{ id: '0', body: 'Red', payload: 'RED-1', hasAttachment: true }];
    expect(shown(turnOf([], { burst })).rest).toEqual([
      'user: Red [chose: RED-1] [with an attachment]',
    ]);
  });

  it('something, where the customer said nothing', () => {
    expect(shown(turnOf([''])).rest).toEqual(['user: [an empty message]']);
  });

  it('the newest within the budget, the last of it clipped', () => {
    const old = Array.from({ length: 100 }, (_, i) =>
      said(`r${i}`, 'customer', `${i} `.repeat(40)),
    );
    const { rest } = shown(turnOf(['now'], { record: old }), { contextCharacters: 500 });
    expect(rest).toHaveLength(1);
    const [text = ''] = rest;
    expect(text.replaceAll('\n', '').length).toBeLessThanOrEqual('user: '.length + 500);
    expect(text).toContain('99 99');
    expect(text).not.toContain('90 90');
    expect(text.endsWith('now')).toBe(true);
  });

  it('what humans said since before what is newer but a customer’s', () => {
    const agent = said('agent', 'agent', 'It is refunded.');
    const after = said('after', 'customer', 'x'.repeat(600));
    const turn = turnOf(['thanks'], { record: [agent, after], humansSaid: [agent] });
    const { rest, system } = shown(turn, { contextCharacters: 500 });
    expect(rest[0]).toBe('assistant: [human agent] It is refunded.');
    expect(system).toContain('A colleague has spoken since your last message');
  });

  it('called tools as they were called, round by round, with what came of each', () => {
    const called = [
      { id: 'call00000', tool: 'find', input: { n: 1 }, result: { status: 200, body: 'here' } },
      { id: 'call00001', tool: 'find', input: { n: 2 }, result: { status: 404, body: null } },
      { id: 'call00200', tool: 'refund', input: {}, failed: 'Timeout' },
    ];
    const settings = settingsSchema.parse(written);
    const messages = createMessages(turnOf(['hello'], { called }), settings).slice(2);
    expect(messages.map(({ role }) => role)).toEqual([
      ...['assistant', 'tool', 'tool'],
      ...['assistant', 'tool'],
    ]);
    expect(messages[0]).toMatchObject({
      tool_calls: [
        { id: 'call00000', function: { name: 'find', arguments: '{"n":1}' } },
        { id: 'call00001', function: { name: 'find', arguments: '{"n":2}' } },
      ],
    });
    const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
    expect(results[0]).toBe('{"status":200,"body":"here"}');
    expect(results[1]).toContain('failed: {"status":404');
    expect(results[2]).toContain('failed (Timeout): whether it was done is not known');
  });
});

describe('the system prompt', () => {
  const prompts = { chat: 'You chat.' };
  const languages = { guardrails: { languages: ['en', 'de'] } };

  it.each<[string, Partial<BotTurn>, object, string]>([
    ['is the bot’s', { sourceName: 'mail' }, { prompts }, 'You help.'],
    ['is the source’s where it has one', {}, { prompts }, 'You chat.'],
    [
      'names the language',
      { locale: 'pt-BR' },
      {},
      'Answer in this language: Brazilian Portuguese (pt-BR).',
    ],
    [
      'names what may be spoken where the customer’s may not',
      { locale: 'fr' },
      languages,
      'Answer in one of these languages: English (en), German (de).',
    ],
    ['takes what is no language', { locale: '??' }, {}, 'Answer in this language: ??.'],
    [
      'contains the customer’s profile',
      { profile: { plan: 'gold' } },
      {},
      'Known of the customer:\nplan: gold',
    ],
  ])('%s', (_, more, settings, expected) => {
    expect(shown(turnOf(['hello'], more), settings).system).toContain(expected);
  });
});

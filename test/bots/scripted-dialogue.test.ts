/** The scripted bot asks for what it needs, offers choices, and speaks the customer's language. */
import { describe, expect, it } from 'vitest';
import type { BotAnswer, BotMemory } from '../../bots/bot.js';
import { answerTo, scriptSchema } from '../../bots/adapters/scripted/index.js';
import { formatAsText } from '../../bots/messages/as-text.js';

const script = scriptSchema.parse({
  answers: [
    {
      when: ['parcel'],
      slots: {
        order: {
          ask: 'What is your order number?',
          pattern: '\\b(\\d{6})\\b',
          retry: 'Six digits, please.',
          tries: 2,
        },
        city: { ask: 'To which city?', into: 'fields' },
      },
      say: 'Order {order} goes to {city}; {nothing} stays.',
    },
    {
      when: ['colour'],
      say: 'Which one?',
      choices: [
        { title: { en: 'Red', fr: 'Rouge' }, payload: 'pick-red' },
        { title: { en: 'Dark red', fr: 'Rouge foncé' }, payload: 'pick-dark' },
      ],
    },
    { when: ['pick-red'], say: { en: 'Red it is.', fr: 'Va pour le rouge.' } },
    { when: ['pick-dark'], say: 'Dark it is.' },
    {
      when: ['refund'],
      slots: {
        reason: {
          ask: 'Why?',
          choices: [
            { title: 'Broken', payload: 'broken' },
            { title: 'Too late', payload: 'late' },
          ],
          into: 'fields',
        },
      },
      handOver: true,
    },
  ],
  handOverOn: ['human'],
  farewell: 'Goodbye.',
  dontKnow: { en: 'Pardon?', 'pt-BR': 'Não entendi.', fr: 'Comment ?' },
});

/** One customer; a payload is written `>payload`. */
class Talk {
  memory: BotMemory = {};
  profile: Record<string, string> = {};
  readonly locale: string | undefined;

  constructor(locale?: string) {
    this.locale = locale;
  }

  say(...bodies: readonly string[]): BotAnswer {
    const burst = bodies.map((body, i) => ({
      id: `${i}`,
      body: body.replace(/^>/, ''),
      hasAttachment: false,
      ...(body.startsWith('>') && { payload: body.slice(1) }),
    }));
    const { memory, profile, locale } = this;
    const turn = { burst, memory, profile, ...(locale !== undefined && { locale }) };
    const answer = answerTo(turn, script);
    this.memory = answer.remember ?? this.memory;
    this.profile = { ...this.profile, ...answer.customerProfile };
    return answer;
  }

  /** As a channel without buttons formats it. */
  handleEvent(...bodies: readonly string[]): readonly string[] {
    return this.say(...bodies).replies.map(formatAsText);
  }
}

describe('slots', () => {
  it('are asked one after the other, then the answer is said with them', () => {
    const ana = new Talk();
    expect(ana.handleEvent('where is my parcel?')).toEqual(['What is your order number?']);
    const known = ana.say('it is 123456, I think');
    expect(known).toMatchObject({
      replies: [{ body: 'To which city?' }],
      customerProfile: { order: '123456' },
    });
    expect(ana.handleEvent('Lyon')).toEqual(['Order 123456 goes to Lyon; {nothing} stays.']);
  });

  it('are not asked for again once given, and values for the agent go with the handover', () => {
    const ana = new Talk();
    for (const said of ['parcel', '123456', 'Lyon']) ana.say(said);
    expect(ana.handleEvent('and the other parcel?')).toEqual([
      'Order 123456 goes to Lyon; {nothing} stays.',
    ]);
    expect(ana.say('a human please')).toMatchObject({
      handOver: { because: 'customerAsked', fields: { city: 'Lyon' } },
    });
  });

  it('of another conversation’s customer are not used', () => {
    expect(new Talk().handleEvent('parcel')).toEqual(['What is your order number?']);
  });

  it('are asked again so often, then a human takes over', () => {
    const ana = new Talk();
    ana.say('parcel');
    expect(ana.handleEvent('no idea')).toEqual(['Six digits, please.']);
    const last = ana.say('still none');
    expect(last.handOver).toEqual({ because: 'botGaveUp' });
    expect(last.replies).toEqual([{ body: 'Goodbye.' }]);
    expect(ana.handleEvent('hm')).toEqual(['Pardon?']);
  });

  it('give way to a customer who asks for a human', () => {
    const ana = new Talk();
    ana.say('parcel');
    expect(ana.say('human').handOver).toEqual({ because: 'customerAsked' });
  });

  it('of an answer the script has no more are forgotten', () => {
    const ana = new Talk();
    ana.memory = { hasGreeted: true, asking: { answer: 99, slot: 'gone', tries: 1 } };
    expect(ana.handleEvent('123456')).toEqual(['Pardon?']);
  });

  it('with choices take one of them, and hand over with it', () => {
    const ana = new Talk();
    expect(ana.handleEvent('refund')).toEqual(['Why?\n1. Broken\n2. Too late']);
    expect(ana.handleEvent('dunno')).toEqual(['Why?\n1. Broken\n2. Too late']);
    expect(ana.say('2').handOver).toEqual({
      because: 'customerAsked',
      fields: { reason: 'late' },
    });
  });
});

describe('choices', () => {
  it('are a select', () => {
    expect(new Talk('en').say('colour?').replies).toEqual([
      {
        body: 'Which one?',
        structured: {
          type: 'select',
          items: [
            { title: 'Red', payload: 'pick-red' },
            { title: 'Dark red', payload: 'pick-dark' },
          ],
        },
      },
    ]);
  });

  it.each([
    ['1', 'Red it is.'],
    [' 2. ', 'Dark it is.'],
    ['#2', 'Dark it is.'],
    ['red', 'Red it is.'],
    ['Dark red!', 'Dark it is.'],
    ['pick-dark', 'Dark it is.'],
    ['>pick-dark', 'Dark it is.'],
    ['the Red one, please', 'Red it is.'],
    ['the dark red one, please', 'Pardon?'],
    ['3', 'Pardon?'],
    ['0', 'Pardon?'],
    ['1 or 2', 'Pardon?'],
    ['blue', 'Pardon?'],
  ])('%j is understood as: %s', (said, answer) => {
    const ana = new Talk();
    ana.say('colour');
    expect(ana.handleEvent(said)).toEqual([answer]);
  });

  it('may be chosen from after a misunderstanding, and not once something else was said', () => {
    const ana = new Talk();
    ana.say('colour');
    ana.say('blue');
    expect(ana.handleEvent('1')).toEqual(['Red it is.']);
    expect(ana.handleEvent('2')).toEqual(['Pardon?']);
  });
});

describe('languages', () => {
  it.each([
    ['fr', 'Comment ?'],
    ['fr-CA', 'Comment ?'],
    ['FR', 'Comment ?'],
    ['pt-BR', 'Não entendi.'],
    ['pt', 'Pardon?'],
    ['de', 'Pardon?'],
    [undefined, 'Pardon?'],
  ])('a customer with locale %s receives %s', (locale, said) => {
    expect(new Talk(locale).handleEvent('hm')).toEqual([said]);
  });

  it('are those of choices too', () => {
    const ana = new Talk('fr');
    expect(ana.handleEvent('colour')).toEqual(['Which one?\n1. Rouge\n2. Rouge foncé']);
    expect(ana.handleEvent('rouge')).toEqual(['Va pour le rouge.']);
  });
});

describe('a script is refused', () => {
  const answer = { when: ['a'], say: 'b' };
  const slot = { ask: 'what?' };
  it.each([
    ['with a wrong pattern', { slots: { one: { ...slot, pattern: '(' } } }, 'slots.one.pattern'],
    [
      'with a slot of two kinds',
      { slots: { one: { ...slot, pattern: 'a', choices: [{ title: 'A', payload: 'a' }] } } },
      'slots.one',
    ],
    ['with nothing to say', { say: undefined }, 'say'],
    ['with a text in no language', { say: {} }, 'say'],
    ['with no choice', { choices: [] }, 'choices'],
    ['with a misspelt word', { slot: {} }, ''],
  ])('%s', (_, more, field) => {
    const { error } = scriptSchema.safeParse({ answers: [{ ...answer, ...more }] });
    const at = ['answers', '0', ...field.split('.').filter(Boolean)].join('.');
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([at]);
  });
});

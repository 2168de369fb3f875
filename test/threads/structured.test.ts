/** A bot that answers with more than text: what the customer sees, and what their tap is to the bot. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot, BotReply } from '../../bots/bot.js';
import { carousel, form, select } from '../../bots/messages/builders.js';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startWorld, type World } from '../harness/world.js';

const items = [
  { title: 'Yes', payload: 'helped' },
  { title: 'Talk to a person', payload: 'human' },
];
const question = select({ body: 'Did that help?', items });
const offers = carousel({ items: [{ title: 'Blue chair' }, { title: 'Red chair' }] });
const replies: Record<string, BotReply> = {
  buttons: question,
  offers,
  form: form({ body: 'Tell us more.', pages: [{ page_id: 'one', type: 'input' }] }),
};

const bot: Bot = {
  runs: 'inProcess',
  answer: ({ burst }) => {
    const { body = '', payload } = burst.at(-1) ?? {};
    if (payload !== undefined) return Promise.resolve({ replies: [{ body: `TAP ${payload}` }] });
    const attachmentIds = /^file (\w+)/.exec(body)?.slice(1);
    if (attachmentIds) return Promise.resolve({ replies: [{ body: '', attachmentIds }] });
    return Promise.resolve({ replies: [replies[body] ?? { body: 'Pardon?' }] });
  },
};

let world: World;
beforeAll(async () => {
  const config = testConfig({ engageTimeout: '30s' });
  const { chat, messages } = config.sources;
  world = await startWorld({
    config: { ...config, sources: { chat: { ...chat!, channel: 'web' }, messages: messages! } },
    ports: (ports) => ({ ...ports, bots: new Map([['tester', bot]]) }),
  });
});
afterAll(() => world.stop());

async function bots(of: Conversation) {
  const { contents } = await world.control.record(of.thread);
  return contents.filter(({ by }) => by.startsWith('bot:'));
}

describe.concurrent('on a channel that shows buttons', () => {
  it('the customer sees them, and a tap comes back as its payload', async () => {
    const ana = new Conversation(world);
    await ana.says('buttons');
    await ana.untilBotSaid(1);
    const [shown] = await bots(ana);
    expect(shown).toMatchObject({
      body: 'Did that help?',
      structured_content: { type: 'select', items },
    });
    await ana.says('Yes', { payload: 'helped' });
    expect((await ana.untilBotSaid(2))[1]).toBe('TAP helped');
  });

  it('cards are shown without a text of ours', async () => {
    const ana = new Conversation(world);
    await ana.says('offers');
    await ana.untilBotSaid(1);
    expect(await bots(ana)).toMatchObject([{ body: '', structured_content: { type: 'carousel' } }]);
  });

  it('what it cannot show is told as text, and that it was is noted without a word of it', async () => {
    const ana = new Conversation(world);
    await ana.says('form');
    expect(await ana.untilBotSaid(1)).toEqual(['Tell us more.']);
    expect((await bots(ana))[0]).not.toHaveProperty('structured_content');
    const { decisions } = await ana.card();
    const cut = decisions.find((one) => one.code === 'replyCut');
    expect(cut?.why).toBe('replies.0: structured form is not displayed on web: text');
  });

  it.each(['buttons', 'offers'])(
    'a lost answer to the post of %s repeats nothing',
    async (what) => {
      const ana = new Conversation(world);
      // Not even the webhook reports that it was posted: only a search finds it.
      const lost = {
        'lost-answer': { rate: 1, times: 1, on: 'POST /contents' },
        drop: { rate: 1, on: ['content.replied', 'content.exported'] },
      };
      await world.control.faults(lost, ana.identity);
      await ana.says(what);
      await ana.untilBotSaid(1);
      await ana.until(async () => (await ana.card()).counts.replies === 1);
      const { counts, outbox } = await ana.card();
      expect({ outbox, ambiguous: counts.ambiguousReplies }).toEqual({
        outbox: [],
        ambiguous: 1,
      });
      expect(await bots(ana)).toHaveLength(1);
    },
  );
});

describe.concurrent('on a channel that shows text', () => {
  it('buttons are told as a numbered list', async () => {
    const ana = new Conversation(world, 'messages');
    await ana.says('buttons');
    expect(await ana.untilBotSaid(1)).toEqual(['Did that help?\n1. Yes\n2. Talk to a person']);
    expect((await bots(ana))[0]).not.toHaveProperty('structured_content');
  });
});

describe.concurrent('files by their ids', () => {
  it('are sent without a text', async () => {
    const id = await upload();
    const ana = new Conversation(world);
    await ana.says(`file ${id}`);
    await ana.untilBotSaid(1);
    expect(await bots(ana)).toMatchObject([{ body: '', attachment_ids: [id] }]);
  });

  it('that the platform does not know bring a human instead of silence', async () => {
    const ana = new Conversation(world);
    await ana.says('file unknown');
    await ana.untilPhase('handover');
    expect((await ana.card()).why).toBe('the platform would not take the bot’s reply');
  });
});

async function upload(): Promise<string> {
  const body = new FormData();
  body.set('file', new File(['not really'], 'chair.png', { type: 'image/png' }));
  const headers = { authorization: `Bearer ${secrets.ENGAGE_TOKEN}` };
  const url = `${world.simulator.url}/1.0/attachments`;
  const answer = await fetch(url, { method: 'POST', headers, body });
  return ((await answer.json()) as { id: string }).id;
}

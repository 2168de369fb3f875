/**
 * Messenger's three parties, in each arrangement of a page's apps (row 33 of the problems known): the
 * bot's own app is the page's primary, or Engage's, or neither, or an agent interrupts. Nobody's
 * request stays unanswered, a lost word is found out, and an idle thread is asked for again.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import {
  callsOf,
  controlHistory,
  onPage,
  openPage,
  startPage,
  type Primary,
} from '../harness/messenger.js';
import type { World } from '../harness/world.js';

const arrangements: readonly { readonly primary: Primary; readonly released: string | null }[] = [
  { primary: 'bot', released: 'bot' },
  { primary: 'platform', released: 'platform' },
  { primary: 'none', released: null },
];

describe.concurrent.each(arrangements)('primary app: $primary', ({ primary, released }) => {
  let world: World;
  beforeAll(async () => {
    // What is asked for is answered before: no timeout decides.
    world = await startPage(primary, onPage(primary, '60s'));
  });
  afterAll(() => world.stop());

  /** @param faults what goes wrong with the calls about this customer, and with what Facebook says of them */
  async function greeted(faults: Record<string, unknown> = {}): Promise<Conversation> {
    const ana = new Conversation(world, 'messages');
    await world.control.faults(faults, ana.identity);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    return ana;
  }

  async function humanSpoke(ana: Conversation, body: string): Promise<void> {
    await ana.agent('reply', { body });
    await ana.untilPhase('agent');
    await ana.until(async () => {
      const { deliveries, contents } = await world.control.record(ana.thread);
      const exports = deliveries.flatMap(({ events }) => events).filter(isExport);
      // Of what Engage wrote; what the bot's own app says is exported by nobody.
      return exports.length >= contents.filter(({ by }) => isByEngage(by)).length;
    });
    await ana.untilQuiet();
  }
  const isByEngage = (by: string) => by.startsWith('agent:') || by === 'bot:bot';
  const isExport = ({ type }: { readonly type: string }) => type === 'content.exported';
  const owner = async (ana: Conversation) =>
    (await controlHistory(world, ana.identity)).at(-1) ?? (primary === 'none' ? null : primary);

  /** The calls about this customer that were never answered. */
  async function lostAnswers(ana: Conversation): Promise<readonly string[]> {
    const { requests } = await world.control.record(ana.thread);
    return requests.filter(({ status }) => status === null).map(({ path }) => path);
  }

  async function ending(ana: Conversation) {
    const { phase, attention } = await ana.card();
    return { phase, hasAttention: attention.length > 0 };
  }

  it('a whole life: the bot, a human, and the bot again', async () => {
    const ana = await greeted();
    expect(await owner(ana)).toBe('bot');
    await ana.says('a human please');
    await ana.untilPhase('handover');
    await ana.untilQuiet();
    expect(await owner(ana)).toBe('platform');
    expect(await callsOf(world, ana, 'POST /graph/pass_thread_control')).toBe(1);
    await humanSpoke(ana, 'Good morning.');
    await ana.agent('close');
    await ana.untilPhase('closed');
    expect(await owner(ana)).toBe(released);
    await ana.untilCategories('bot');
    await ana.says('my parcel');
    const said = await ana.untilBotSaid(3);
    await ana.untilQuiet();
    expect(said).toEqual(['Welcome!', 'A colleague takes over.', 'It arrives tomorrow.']);
    expect(await owner(ana)).toBe('bot');
    expect(await ending(ana)).toMatchObject({ phase: 'bot', hasAttention: false });
  });

  it('an agent interrupts, and can speak: what Engage’s app asks for is passed', async () => {
    const ana = await greeted();
    await humanSpoke(ana, 'May I?');
    expect(await owner(ana)).toBe('platform');
    await ana.says('who is there?');
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['Welcome!']);
    expect(await ending(ana)).toMatchObject({ phase: 'agent', hasAttention: false });
  });

  it('a pass whose answer was lost is found out, and the customer told once', async () => {
    const on = 'POST /graph/*/*/pass_thread_control';
    const ana = await greeted({ 'lost-answer': { on } });
    await ana.says('a human please');
    await ana.untilPhase('handover');
    await ana.untilQuiet();
    expect(await owner(ana)).toBe('platform');
    expect(await lostAnswers(ana)).toEqual(['/graph/pass_thread_control']);
    expect(await ana.botSaid()).toEqual(['Welcome!', 'A colleague takes over.']);
    expect(await ending(ana)).toMatchObject({ phase: 'handover', hasAttention: false });
  });

  it('a reply whose answer was lost is said once', async () => {
    const ana = await greeted({ 'lost-answer': { on: 'POST /graph/*/*/messages', times: 1 } });
    await ana.says('my parcel');
    await ana.untilBotSaid(2);
    await ana.untilQuiet();
    expect(await lostAnswers(ana)).toEqual(['/graph/messages']);
    expect(await ana.botSaid()).toEqual(['Welcome!', 'It arrives tomorrow.']);
    expect(await ana.card()).toMatchObject({ phase: 'bot', counts: { crossedReplies: 0 } });
  });

  it('an event that Facebook sends twice counts once', async () => {
    const types = ['messenger.request_thread_control', 'messenger.pass_thread_control'];
    const ana = await greeted({ duplicate: { on: types } });
    await ana.says('a human please');
    await ana.untilPhase('handover');
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['Welcome!', 'A colleague takes over.']);
    expect(await ending(ana)).toMatchObject({ phase: 'handover', hasAttention: false });
  });

  // Forgets of everybody who had their thread.
  it(
    'a thread that went idle meanwhile is asked for again before the bot speaks',
    { concurrent: false },
    async () => {
      const ana = await greeted();
      await openPage(world, primary);
      await ana.says('my parcel');
      await ana.untilBotSaid(2);
      await ana.untilQuiet();
      expect(await owner(ana)).toBe('bot');
      expect(await ana.card()).toMatchObject({ phase: 'bot', threadControl: 'bot' });
    },
  );
});

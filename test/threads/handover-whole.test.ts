/**
 * A handover is whole or not at all, whatever the platform does to whichever of its calls: the thread
 * ends with the humans and its customer told once, or with the bot and its customer told so, never
 * between; and a person is called when something is missing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

const calls = [
  ['opening the intervention', 'POST /interventions'],
  ['looking for the note', 'GET /intervention_comments'],
  ['leaving the note', 'POST /intervention_comments'],
  ['setting the fields', 'PUT /interventions/*'],
  ['reading the categories', 'GET /content_threads/*'],
  ['setting the categories', 'PUT /content_threads/*/update_categories'],
  ['telling the customer', 'POST /contents'],
] as const;
const faults = ['403', '404', '409', '422', '429', '5xx', 'lost-answer'] as const;

const farewell = 'A colleague takes over.';
const sorry = 'Sorry, I cannot reach a colleague right now.';

/** A bot that hands over at once, with a customer profile; a reply that may be lost is looked for at once. */
function handingOver(ports: Ports): Ports {
  const bots = [...ports.bots].map(([name, bot]) => {
    const handOver = { because: 'customerAsked', fields: { order: '7' } } as const;
    const answer = () => Promise.resolve({ replies: [{ body: farewell }], handOver });
    return [name, { ...bot, answer }] as const;
  });
  const settingsOf: Ports['settingsOf'] = (sourceId) => {
    const settings = ports.settingsOf(sourceId);
    return settings && { ...settings, confirm: { ...settings.confirm, wait: 500 } };
  };
  return { ...ports, settingsOf, bots: new Map(bots) };
}

let world: World;
beforeAll(async () => {
  // No call is given up because the machine is busy: what goes wrong is what the faults say.
  world = await startWorld({ config: testConfig({ engageTimeout: '30s' }), ports: handingOver });
});
afterAll(() => world.stop());

/** @param faults what goes wrong with the calls about this customer */
async function handedOver(faults: Record<string, unknown> = {}): Promise<Conversation> {
  const ana = new Conversation(world);
  await world.control.faults(faults, ana.identity);
  await ana.says('hello');
  // At the end of each way the customer is told something, or that is tried: nobody need be asked before.
  await eventually(() => called(ana)).toContain('POST /1.0/contents');
  await ana.until(async () => {
    const { epoch, doing, outbox } = await ana.card();
    return epoch > 1 && doing === undefined && outbox.length === 0;
  });
  return ana;
}

function called({ thread }: Conversation): readonly string[] {
  const requests = world.account.requests.filter(({ thread_id: id }) => id === thread);
  return requests.map(({ method, path }) => `${method} ${path}`);
}

async function ending(ana: Conversation) {
  const { phase, attention } = await ana.card();
  const categories = await ana.categories();
  return { phase, attention: attention[0]?.code, categories, said: await ana.botSaid() };
}

it.concurrent(
  'goes by the book: the human has the note and the fields, the customer is told once',
  async () => {
    const ana = await handedOver();
    expect(await ending(ana)).toEqual({
      phase: 'handover',
      attention: undefined,
      categories: ['agent'],
      said: [farewell],
    });
    const { interventions, comments } = await world.control.record(ana.thread);
    expect(interventions).toMatchObject([{ custom_fields: { order: '7' } }]);
    expect(comments).toMatchObject([
      { body: 'Handed over by tester: the customer asked for a person.\n\nCustomer: hello' },
    ]);
  },
);

describe.concurrent.each(faults)('%s', (fault) => {
  it.each(calls)('once on %s', async (_, on) => {
    const ana = await handedOver({ [fault]: { on, times: 1 } });
    const end = await ending(ana);
    const withHumans = end.phase === 'handover' && end.categories.join() === 'agent';
    const withBot = end.phase === 'bot' && end.categories.join() === 'bot';
    expect(withHumans || withBot, JSON.stringify(end)).toBe(true);
    if (withBot) {
      expect(end).toMatchObject({ attention: 'handoverFailed', said: [sorry] });
      return;
    }
    const isNotified = end.said.join() === farewell;
    expect(isNotified || end.attention !== undefined, JSON.stringify(end)).toBe(true);
    const isPassing = ['409', '429', '5xx', 'lost-answer'].includes(fault);
    if (isPassing) expect(end).toMatchObject({ attention: undefined, said: [farewell] });
  });
});

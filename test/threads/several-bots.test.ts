/** Two bots on one source, by language; an emergency for one of them leaves the other talking. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import type { BatonConfig } from '../../settings/business.js';
import { Conversation } from '../harness/conversation.js';
import { Operator } from '../harness/operator.js';
import { script, testConfig } from '../harness/test-config.js';
import { eventually } from '../harness/eventually.js';
import { startWorld, type World } from '../harness/world.js';

const french = { language: 'fr' };

const silent = { ...script, greet: undefined };
const frenchScript = {
  ...silent,
  answers: [{ when: ['colis'], say: 'Il arrive demain.' }],
  dontKnow: 'Pardon, je ne comprends pas.',
};

function twoLanguages(): BatonConfig {
  const config = testConfig({ source: { routes: [{ languages: ['fr'], bot: 'french' }] } });
  const bots = { tester: { scripted: silent }, french: { scripted: frenchScript } };
  return { ...config, bots };
}

let world: World;
/** What a worker asks before the bot may speak. */
let emergencies: Ports['emergencies'];
beforeAll(async () => {
  const ports = (given: Ports) => {
    emergencies = given.emergencies;
    return given;
  };
  world = await startWorld({ config: twoLanguages(), ports });
});
afterAll(() => world.stop());

it('a French customer is answered by the French bot', async () => {
  const ana = new Conversation(world);
  await ana.says('où est mon colis ?', { language: 'fr-CA' });
  expect(await ana.untilBotSaid(1)).toEqual(['Il arrive demain.']);
});

it('a thread that changes its language changes its bot, and back', async () => {
  const ana = new Conversation(world);
  await ana.says('where is my parcel?');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  await ana.says('et mon autre colis ?', french);
  await ana.untilBotSaid(2);
  await ana.untilQuiet();
  await ana.says('and the hours?', { language: 'en' });
  const all = ['It arrives tomorrow.', 'Il arrive demain.', 'We are open from 9 to 18 h.'];
  expect(await ana.untilBotSaid(3)).toEqual(all);
});

it('an emergency for one leaves the other talking, on the same source', async () => {
  const ana = new Conversation(world);
  await ana.says('where is my parcel?');
  await ana.untilBotSaid(1);
  const bela = new Conversation(world);
  await bela.says('mon colis ?', french);
  await bela.untilBotSaid(1);
  await Promise.all([ana.untilQuiet(), bela.untilQuiet()]);

  const operator = new Operator(world);
  // A caller whose request got no answer within four seconds repeats it.
  const declared = async () => (await operator.declare({ scope: { bot: 'french' } })).status;
  await eventually(declared).toBe(202);
  // A worker may have looked right before, and takes that for two seconds at most.
  const voice = { sourceName: 'chat', botName: 'french' };
  await eventually(() => emergencies.isInForce(voice)).toBe(true);
  await bela.says('mon autre colis ?', french);
  await bela.untilPhase('handover');
  expect((await bela.card()).reason).toBe('emergency');

  await ana.says('and the hours?');
  expect((await ana.untilBotSaid(2)).at(-1)).toBe('We are open from 9 to 18 h.');
  expect(await ana.phase()).toBe('bot');
  expect(await bela.botSaid()).toHaveLength(1);

  await operator.end({ scope: { bot: 'french' } });
});

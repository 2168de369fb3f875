/** A thread's whole life on a real Temporal server against the simulator, as its customer sees it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { startWorld, type World } from '../harness/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

describe('a thread', () => {
  it('is answered, handed over, left alone, and taken back', async () => {
    const ana = new Conversation(world);
    await ana.says('hello');
    expect(await ana.untilBotSaid(1)).toEqual(['Welcome!']);
    expect(await ana.phase()).toBe('bot');
    expect(await ana.categories()).toEqual(['bot']);

    await ana.says('a human please');
    expect(await ana.untilBotSaid(2)).toEqual(['Welcome!', 'A colleague takes over.']);
    expect(await ana.phase()).toBe('handover');
    expect(await ana.categories()).toEqual(['agent']);

    await ana.agent('reply', { body: 'Good morning.' });
    await ana.untilPhase('agent');
    await ana.says('where is my parcel?');
    await ana.agent('reply', { body: 'Here.' });
    await ana.agent('close');

    await ana.untilPhase('closed');
    await ana.untilCategories('bot');
    expect(await ana.botSaid()).toHaveLength(2);

    await ana.says('and the hours?');
    const said = await ana.untilBotSaid(3);
    expect(said.at(-1)).toBe('We are open from 9 to 18 h.');
    expect(await ana.phase()).toBe('bot');

    await ana.says('thanks');
    expect((await ana.untilBotSaid(4)).at(-1)).toBe('Goodbye!');
    await ana.untilPhase('closed');
  });
});

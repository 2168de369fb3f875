/**
 * After an incident of the bot, an operator has it asked again, in one thread or in many; and a list says who
 * must speak next. By the operator API and the command line, against a running system.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import type { ThreadLine, ThreadList, ThreadView } from '../../api/operator/answers.js';
import { domainId } from '../../simulator/seed.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { caller, operators, tokens } from '../harness/operators.js';
import { runCommand, type Ran } from '../harness/run-command.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

let world: World;
let call: ReturnType<typeof caller>;
let isBroken = false;

/** The bot fails while it is broken. */
function breakable(ports: Ports): Ports {
  const bots = [...ports.bots].map(([name, bot]) => {
    const answer: typeof bot.answer = (turn, asking) =>
      isBroken ? Promise.reject(new Error('503')) : bot.answer(turn, asking);
    return [name, { ...bot, answer }] as const;
  });
  const settingsOf: Ports['settingsOf'] = (sourceId) => {
    const settings = ports.settingsOf(sourceId);
    return settings && { ...settings, bot: { ...settings.bot, budget: 1_000 } };
  };
  return { ...ports, settingsOf, bots: new Map(bots) };
}

beforeAll(async () => {
  const config = { ...testConfig({ engageTimeout: '1m' }), operators };
  world = await startWorld({ config, ports: breakable });
  call = caller(world.webhookUrl);
});
afterAll(() => world.stop());

const idOf = ({ thread }: Conversation) => `${domainId}:${thread}`;
const at = (conversation: Conversation, path = '') =>
  `/operator/threads/${idOf(conversation)}${path}`;

/** A customer to whom the broken bot has only apologised. */
async function apologised(): Promise<Conversation> {
  isBroken = true;
  const conversation = new Conversation(world);
  await conversation.says('where is my parcel?');
  await conversation.untilBotSaid(1);
  await conversation.untilQuiet();
  return conversation;
}

async function baton(...args: readonly string[]): Promise<Ran> {
  const url = new URL('/', world.webhookUrl).href;
  for (;;) {
    const ran = await runCommand(process.execPath, ['cli/baton.mjs', ...args], {
      env: { ...process.env, BATON_URL: url, BATON_TOKEN: tokens.olga },
    });
    if (!ran.stderr.includes('did not answer')) return ran;
  }
}

async function lineOf(conversation: Conversation, query: string): Promise<ThreadLine | undefined> {
  const { body } = await call('olga', 'get', `/operator/threads?${query}`);
  return (body as ThreadList).threads.find(({ id }) => id === idOf(conversation));
}

describe('answer again', () => {
  it('in one thread: the customer gets the answer once, and a second command is refused', async () => {
    const ana = await apologised();
    isBroken = false;
    const why = { why: 'the bot is well again' };
    const asked = await call('olga', 'post', at(ana, '/answer-again'), why);
    expect(asked.status).toBe(200);
    expect(await ana.untilBotSaid(3)).toHaveLength(3);
    expect((await ana.botSaid()).slice(1)).toEqual(['Welcome!', 'It arrives tomorrow.']);
    await ana.untilQuiet();
    const again = await call('olga', 'post', at(ana, '/answer-again'), why);
    expect(again).toMatchObject({ status: 409, body: { error: 'illegal', phase: 'bot' } });
    expect(again.body['message']).toContain('the customer has an answer');
    const { decisions } = await ana.card();
    expect(decisions).toContainEqual(
      expect.objectContaining({
        ...{ code: 'answerRequested', why: 'operator olga: the bot is well again' },
      }),
    );
    expect(await ana.botSaid()).toHaveLength(3);
  });

  it('with humans: refused, naming the phase; a viewer may not', async () => {
    isBroken = false;
    const ana = new Conversation(world);
    await ana.says('a human please');
    await ana.untilPhase('handover');
    const why = { why: 'why not' };
    const refused = await call('olga', 'post', at(ana, '/answer-again'), why);
    expect(refused).toMatchObject({ status: 409, body: { error: 'illegal', phase: 'handover' } });
    expect((await call('vera', 'post', at(ana, '/answer-again'), why)).status).toBe(403);
  });

  it('in many threads: first counted, then done, with refusals named', async () => {
    const waiting = await Promise.all([apologised(), apologised()]);
    isBroken = false;
    const answered = new Conversation(world);
    await answered.says('opening hours?');
    await answered.untilBotSaid(2);
    await answered.untilQuiet();
    for (const one of [...waiting, answered]) {
      await eventually(async () => (await lineOf(one, 'phase=bot'))?.id).toBe(idOf(one));
    }
    const given = ['answer-again', '--phase', 'bot', '--why', 'the bot is well again'];
    const counted = await baton(...given);
    expect(counted.stdout).toMatch(/^\d+ threads; with --yes: answer-again$/m);
    const done = await baton(...given, '--yes', '--per-minute', '6000');
    expect(done).toMatchObject({ status: 1 });
    expect(done.stdout).toMatch(
      new RegExp(`refused: .*the customer has an answer.*\\n(  .*\\n)*  ${idOf(answered)}\\n`),
    );
    for (const one of waiting) expect(await one.untilBotSaid(3)).toHaveLength(3);
    expect(await answered.botSaid()).toHaveLength(2);
  });
});

describe('who must speak next', () => {
  it('is in the list and on the thread, with what happens if nobody does', async () => {
    isBroken = false;
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await eventually(async () => (await lineOf(ana, 'next=customer'))?.next).toEqual({
      ...{ who: 'customer', since: null },
    });
    await ana.says('a human please');
    await ana.untilPhase('handover');
    const line = async () => (await lineOf(ana, 'next=human'))?.next;
    const since = expect.stringMatching(/^\d{4}-/) as string;
    await eventually(line).toEqual({ who: 'human', since });
    const { body } = await call('vera', 'get', at(ana));
    expect((body['thread'] as ThreadView).next).toMatchObject({
      ...{ who: 'human', unanswered: 1 },
      then: { what: 'escalation', words: 'the agents are reminded' },
    });
    const shown = await baton('show', idOf(ana));
    expect(shown.stdout).toMatch(/next +human since .*, 1 unanswered; otherwise at /);
    expect((await baton('threads', '--next', 'human')).stdout).toMatch(/handover +\d+ s +human/);
    expect((await baton('why', idOf(ana))).stdout).toContain('for an answer to a message.');
  });
});

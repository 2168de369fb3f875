/** Situations of threads. */
import {
  emergencyWorkflowId,
  engageEvents,
  returnToBot,
  takeOver,
} from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { Operator } from '../harness/operator.js';
import { script, testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';
import type { Situation } from './situation.js';

type ThreadSituation = {
  readonly name: string;
  readonly bot?: typeof slow;
  /** Whose history it is; the thread's unless said otherwise. */
  readonly workflowId?: string;
  readonly play: (world: World, ana: Conversation) => Promise<void>;
};

const olga = { by: 'olga', why: 'a recording' };
const slow = { scripted: { ...script, thinkFor: 3_000 } };

const situations: readonly ThreadSituation[] = [
  {
    name: 'whole-life',
    async play(_, ana) {
      await ana.says('hello');
      await ana.untilBotSaid(1);
      await ana.says('a human please');
      await ana.untilBotSaid(2);
      await ana.agent('reply', { body: 'Good morning.' });
      await ana.untilPhase('agent');
      await ana.agent('close');
      await ana.untilPhase('closed');
      await ana.untilCategories('bot');
      await ana.says('and the hours?');
      await ana.untilBotSaid(3);
      await ana.says('thanks');
      await ana.untilPhase('closed');
    },
  },
  {
    name: 'takeover-while-the-bot-thinks',
    bot: slow,
    async play(_, ana) {
      await ana.says('hello');
      await ana.until(async () => (await ana.card()).doing === 'askBot');
      await ana.agent('reply', { body: 'Good morning.' });
      await ana.untilPhase('agent');
    },
  },
  {
    name: 'burst-while-the-bot-thinks',
    bot: slow,
    async play(_, ana) {
      await ana.says('hello');
      await ana.until(async () => (await ana.card()).doing === 'askBot');
      await ana.says('where is my parcel?');
      await ana.untilBotSaid(1);
    },
  },
  {
    name: 'answer-lost',
    async play(world, ana) {
      await world.control.faults({ 'lost-answer': { on: 'POST /contents', times: 1 } });
      await ana.says('hello');
      await ana.untilBotSaid(1);
      await ana.untilQuiet();
      await world.control.faults({ '5xx': { on: 'POST /contents', times: 1 } });
      await ana.says('where is my parcel?');
      await ana.untilBotSaid(2);
    },
  },
  {
    name: 'handover-refused',
    async play(world, ana) {
      await ana.says('hello');
      await ana.untilBotSaid(1);
      await world.control.faults({
        '403': { on: 'PUT /content_threads/*/update_categories' },
      });
      await ana.says('a human please');
      await ana.untilBotSaid(2);
    },
  },
  {
    name: 'operator',
    async play(_, ana) {
      await ana.says('hello');
      await ana.untilBotSaid(1);
      await ana.untilQuiet();
      await ana.workflow.executeUpdate(takeOver, { args: [olga] });
      await ana.untilCategories('agent');
      await ana.workflow.executeUpdate(returnToBot, { args: [olga] });
      await ana.untilCategories('bot');
    },
  },
  {
    name: 'written-while-no-worker-ran',
    async play(world, ana) {
      await world.stopWorkers();
      await ana.says('hello');
      await ana.says('where is my parcel?');
      await ana.untilDelivered();
      await world.startWorkers();
      await ana.untilBotSaid(1);
    },
  },
  {
    name: 'continued-as-new',
    async play(_, ana) {
      await ana.says('a human please');
      await ana.untilBotSaid(1);
      await ana.agent('reply', { body: 'Go on.' });
      await ana.untilPhase('agent');
      const { runId } = await ana.workflow.describe();
      while ((await ana.workflow.describe()).runId === runId) {
        await ana.workflow.signal(engageEvents, []);
      }
      await ana.agent('close');
      await ana.untilPhase('closed');
    },
  },
  {
    name: 'emergency',
    workflowId: emergencyWorkflowId,
    async play(world, ana) {
      await ana.says('hello');
      await ana.untilBotSaid(1);
      await ana.untilQuiet();
      const operator = new Operator(world);
      await operator.declare({ scope: { all: true } });
      await ana.untilPhase('handover');
      await ana.until(async () => (await operator.newest()).toHumans.isDone);
      await operator.end({ scope: { all: true } });
      await ana.untilPhase('bot');
      await ana.until(async () => (await operator.newest()).back?.isDone === true);
    },
  },
];

export const threads: readonly Situation[] = situations.map(({ name, bot, workflowId, play }) => ({
  name,
  async play(closeAfterwards) {
    const world = await startWorld({ config: testConfig(bot ? { bot } : {}) });
    closeAfterwards(() => world.stop());
    const ana = new Conversation(world);
    await play(world, ana);
    await ana.untilQuiet();
    return { world, workflowId: workflowId ?? ana.workflow.workflowId };
  },
}));

/** Situations of all workflows that are not threads, and of threads that have one beside them. */
import {
  directoryRefreshWorkflow,
  directorySchedule,
  directoryWorkflowId,
  messengerCustomerWorkflow,
  sourceSdkEvents,
} from '../../workflows/contract/index.js';
import { SdkStack, type SdkStackOptions } from '../source-sdk/setup.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { Knowing } from '../harness/knowing.js';
import { startPage } from '../harness/messenger.js';
import { onDemand } from '../harness/on-demand.js';
import { Reconciling } from '../harness/reconciling.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';
import type { Situation } from './situation.js';

type Open = Parameters<Situation['play']>[0];

/** One conversation of a bot outside; with `of` the history of the thread beside it. */
function sourceSdk(
  name: string,
  play: (stack: SdkStack) => Promise<void>,
  more: SdkStackOptions & Pick<Situation, 'only'> & { readonly of?: 'thread' } = {},
): Situation {
  const { only, of, ...options } = more;
  return {
    name,
    ...(only && { only }),
    async play(closeAfterwards: Open) {
      const stack = await SdkStack.open(options);
      closeAfterwards(() => stack.close());
      stack.begin();
      await play(stack);
      await stack.until(async () => (await stack.card()).pendingUpdates === 0);
      const { workflowId } = of === 'thread' ? await stack.companion() : stack.workflow;
      return { world: stack.world, workflowId };
    },
  };
}

/** The bot's part, the humans' with all that a channel brings, and a second handover. */
async function wholeLife(stack: SdkStack): Promise<void> {
  await stack.says('customer', 'm-1', 'Where is my parcel?');
  await stack.says('bot', 'm-2', 'Which one?');
  await handOver(stack);
  const thread = await stack.thread();
  await stack.endpoint('POST', '/cast/queue', { thread, position: 3, estimated_wait_time: 90 });
  await stack.until(async () => (await stack.threadCard()).queuePosition?.position === 3);
  await stack.endpoint('POST', '/cast/typing', { thread, do: 'start' });
  await stack.agent('reply', 'Good morning.');
  await stack.untilPhase('agent');
  await stack.says('customer', 'm-4', 'Thank you!');
  await stack.until(async () => (await stack.contents()).includes('customer: Thank you!'));
  await stack.agent('close');
  await stack.until(() => stack.bot.actions().includes('conversations.closed'));
  await stack.says('customer', 'm-5', 'One more thing.');
  await stack.handsOver({ id: 'h-2' });
  await stack.untilPhase('handover');
  await stack.until(() => stack.bot.actions().at(-1) === 'conversations.waiting');
}

async function handOver(stack: SdkStack): Promise<void> {
  await stack.says('customer', 'm-3', 'A human, please.');
  await stack.handsOver({ customer: { id: 'ana', screenname: 'Ana' } });
  await stack.until(() => stack.bot.actions().includes('conversations.waiting'));
}

export const besideThreads: readonly Situation[] = [
  sourceSdk('source-sdk-whole-life', wholeLife),
  sourceSdk('source-sdk-thread', wholeLife, { of: 'thread' }),
  sourceSdk(
    'source-sdk-unconfirmed',
    async (stack) => {
      await stack.world.control.faults({ '5xx': { on: 'POST /realtime/sdk/*' } });
      await stack.says('customer', 'm-1', 'A human, please.');
      await stack.handsOver();
      await stack.until(() => stack.bot.actions().includes('conversations.refused'));
    },
    { sourceSdk: { confirmWithin: '2s' } },
  ),
  sourceSdk(
    'source-sdk-carried-on',
    async (stack) => {
      await handOver(stack);
      await stack.agent('reply', 'Good morning.');
      await stack.untilPhase('agent');
      const first = await stack.runId();
      while ((await stack.workflow.describe()).historyLength < 2_010) {
        const nothing = () => stack.workflow.signal(sourceSdkEvents, []);
        await Promise.all(Array.from({ length: 50 }, nothing));
      }
      await stack.says('customer', 'm-4', 'Thank you!');
      await stack.until(async () => (await stack.runId()) !== first);
      await stack.agent('close');
      await stack.until(() => stack.bot.actions().includes('conversations.closed'));
    },
    { only: 'newest' },
  ),
  {
    name: 'messenger-customer',
    async play(closeAfterwards) {
      const world = await startPage('bot');
      closeAfterwards(() => world.stop());
      const ana = new Conversation(world, 'messages');
      await ana.says('a human please');
      await ana.untilPhase('handover');
      await ana.untilQuiet();
      await ana.agent('reply', { body: 'Good morning.' });
      await ana.untilPhase('agent');
      await ana.agent('close');
      await ana.untilPhase('closed');
      await ana.untilQuiet();
      return { world, workflowId: await only(world, messengerCustomerWorkflow) };
    },
  },
  ...(['directory', 'directory-refresh'] as const).map((name): Situation => ({
    name,
    async play(closeAfterwards) {
      const quick = { callsPerMinute: 6_000_000, availabilityFor: '0s' };
      const world = await startWorld({ config: { ...testConfig(), directory: quick } });
      closeAfterwards(() => world.stop());
      const knowing = new Knowing(world);
      await knowing.keep();
      await knowing.untilStill();
      await world.temporal.client.schedule.getHandle(directorySchedule).trigger();
      const refresh = await only(world, directoryRefreshWorkflow);
      await world.temporal.client.workflow.getHandle(refresh).result();
      await world.control.faults({ '403': { on: 'GET /users' } });
      await knowing.refresh();
      await world.control.faults({});
      await knowing.refresh();
      return { world, workflowId: name === 'directory' ? directoryWorkflowId : refresh };
    },
  })),
  {
    name: 'reconcile',
    async play(closeAfterwards) {
      const world = await startWorld({ config: { ...testConfig(), reconcile: onDemand } });
      closeAfterwards(() => world.stop());
      const reconciling = new Reconciling(world);
      await reconciling.arrange();
      await reconciling.run();
      const ana = new Conversation(world);
      await world.control.faults({ drop: 1 });
      await ana.says('hello');
      await world.control.faults({ '5xx': { on: 'GET /contents', times: 1 } });
      // The second run: it goes on from where the first one was.
      const workflowId = await reconciling.begin();
      await reconciling.result(workflowId);
      return { world, workflowId };
    },
  },
];

/** The one workflow of this type, as soon as searches find it. */
async function only(world: World, type: string): Promise<string> {
  const { workflow } = world.temporal.client;
  const find = async () => {
    for await (const { workflowId } of workflow.list({ query: `WorkflowType = "${type}"` })) {
      return workflowId;
    }
    return 'none yet';
  };
  await eventually(find).not.toBe('none yet');
  return find();
}

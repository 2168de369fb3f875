/** Situations of threads whose attention is told to the business. */
import { engageEvents } from '../../workflows/contract/index.js';
import { startAlertReceiver, type AlertReceiver } from '../harness/alert-receiver.js';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startWorld } from '../harness/world.js';
import type { Situation } from './situation.js';

type Played = { readonly receiver: AlertReceiver; readonly ana: Conversation };

function situation(
  name: string,
  play: (on: Played) => Promise<void>,
  more: Pick<Situation, 'only'> = {},
): Situation {
  return {
    name,
    ...more,
    async play(closeAfterwards) {
      const receiver = await startAlertReceiver(secrets.BATON_ALERT_SECRET);
      const world = await startWorld({
        config: { ...testConfig(), alerts: { url: receiver.url } },
      });
      closeAfterwards(() => world.stop());
      closeAfterwards(() => receiver.close());
      await world.control.faults({ '403': { on: 'PUT /content_threads/*/update_categories' } });
      const ana = new Conversation(world);
      await play({ receiver, ana });
      await ana.untilQuiet();
      return { world, workflowId: ana.workflow.workflowId };
    },
  };
}

async function isRefused(ana: Conversation): Promise<void> {
  await ana.says('a human please');
  await ana.until(async () => (await ana.card()).attention.length > 0);
  await ana.untilQuiet();
}

export const alerts: readonly Situation[] = [
  situation('alerts', async ({ receiver, ana }) => {
    receiver.answer(500);
    await isRefused(ana);
    await ana.until(() => Promise.resolve(receiver.taken().length === 1));
    await ana.says('thanks');
    await ana.untilPhase('closed');
    await ana.says('hello again');
    await ana.until(() => Promise.resolve(receiver.taken().length === 2));
  }),
  situation(
    'alerts-carried-on',
    async ({ receiver, ana }) => {
      receiver.answerAlways(500);
      await isRefused(ana);
      const { runId } = await ana.workflow.describe();
      while ((await ana.workflow.describe()).runId === runId) {
        await ana.workflow.signal(engageEvents, []);
      }
      receiver.answer();
      await ana.until(() => Promise.resolve(receiver.taken().length === 1));
      await ana.says('where is my parcel?');
      await ana.until(async () => (await ana.card()).waitingContents > 0);
    },
    { only: 'newest' },
  ),
];

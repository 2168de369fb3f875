/**
 * Performs one step of Messenger's handover protocol. `ask` and `look` are repeatable. A pass whose
 * answer is lost is not repeated: the thread looks up the owner of control instead.
 */
import { ApplicationFailure } from '@temporalio/common';
import type { EngageClient } from '../engage/client.js';
import type { MessengerClient } from '../engage/messenger/client.js';
import { MessengerError } from '../engage/messenger/errors.js';
import type {
  ControlThreadInput,
  ControlThreadOutcome,
  StepOutcome,
  WorkActivities,
} from '../workflows/contract/work.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';
import { refusable } from './refusable.js';

export const createControlThread = ({
  engage,
  messenger,
}: Pick<Ports, 'engage' | 'messenger'>): WorkActivities['controlThread'] =>
  async function controlThread(input) {
    if (input.call === 'ask') return ask(engage, input);
    // A worker of another configuration: one that has the page's token may take the next attempt.
    if (!messenger) throw ApplicationFailure.retryable('on this worker', 'Messenger.NoToken');
    try {
      return await callFacebook(messenger, input);
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      if (!error.isTransient) return { is: 'refused', code: error.name };
      // A call that may have been executed is not repeated; the thread looks up its effect.
      const nonRetryable = error.mayHaveHappened && input.call !== 'look';
      throw ApplicationFailure.create({ type: error.name, message: error.message, nonRetryable });
    }
  };

function ask(
  engage: EngageClient,
  { customerId, from, to, appId }: Extract<ControlThreadInput, { call: 'ask' }>,
): Promise<StepOutcome> {
  const app = appId === undefined ? {} : { appId };
  const request = () =>
    inOneTurn(engage, 1, async ({ mustBeWanted }) => {
      mustBeWanted();
      await engage.handOverOnMessenger({ customerId, from, to, ...app });
    });
  return refusable(request);
}

async function callFacebook(
  client: MessengerClient,
  input: Exclude<ControlThreadInput, { call: 'ask' }>,
): Promise<ControlThreadOutcome> {
  if (input.call === 'look') return { is: 'owner', ...(await client.owner(input)) };
  if (input.call === 'pass') await client.pass(input, input.appId);
  else await client[input.call](input);
  return { is: 'done' };
}

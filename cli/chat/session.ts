/** The complete stack with a Temporal server of its own, for one conversation in a terminal. */
import { setTimeout as pause } from 'node:timers/promises';
import { startRestartableServer } from '../../local/development-server.js';
import { startWholeBaton } from '../../local/baton.js';
import type { BusinessSettings } from '../../settings/business.js';
import type { SimulatorControl } from '../../simulator/control-client.js';
import { newState } from '../../simulator/new-state.js';
import { webhookId } from '../../simulator/seed.js';
import { findTemporalProgram } from '../../local/setup/temporal-server.js';
import { findWorkflowBundle } from '../../local/setup/workflow-bundle.js';
import type { WorkflowClient } from '@temporalio/client';

export type Session = {
  readonly control: SimulatorControl;
  readonly workflows: WorkflowClient;
  close(): Promise<void>;
};

export async function openSession(
  business: BusinessSettings,
  print: (line: string) => void,
): Promise<Session> {
  const workflowBundle = { codePath: await findWorkflowBundle() };
  const server = await startRestartableServer(await findTemporalProgram(print));
  const account = newState();
  const baton = await startWholeBaton({
    ...{ temporal: server, business, workflowBundle },
    simulator: { account },
  });
  await baton.startWorkers();
  while (account.webhooks[webhookId]?.webhook_status !== 'enabled') {
    await pause(10);
  }
  let closing: Promise<void> | undefined;
  const close = async () => {
    await baton.stop();
    await server.stop();
  };
  return {
    control: baton.control,
    workflows: server.workflows,
    close: () => (closing ??= close()),
  };
}

/**
 * The account's directory. Read before the first step, as a starting worker would, and terminated with the
 * scenario, because the next one on the same server has another account.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { BusinessSettings } from '../../settings/business.js';
import { directoryPlan } from '../../settings/directory-plan.js';
import { createDirectoryPort, directoryIn } from '../../temporal/directory.js';
import { unlessThere } from '../../temporal/unless-there.js';
import { directoryWorkflowId, type DirectoryPlan } from '../../workflows/contract/index.js';
import type { Server } from '../../local/server.js';

/** Milliseconds of real time; reading takes four calls to the simulator. */
const timeout = 60_000;

/** Reads nothing if no source checks availability. @throws when the directory cannot be read */
export async function readDirectory(server: Server, business: BusinessSettings): Promise<void> {
  const { every, plan } = directoryPlan(business);
  if (every === 'off') return;
  const client = clientOf(server);
  const until = Date.now() + timeout;
  await ask(client, { ...plan, pace: 0 }, until);
  while (!(await isRead(client))) {
    if (Date.now() > until) throw new Error('the directory of the simulated account was not read');
    await pause(10);
  }
}

/** Retries, because a server that has just started on a busy machine may exceed the timeout of a call. */
async function ask(client: Client, plan: DirectoryPlan, until: number): Promise<void> {
  const port = createDirectoryPort(client);
  for (;;) {
    try {
      await port.ask({ by: 'scenario', plan });
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

async function isRead(client: Client): Promise<boolean> {
  const view = await directoryIn(client);
  return view?.isRefreshing === false && view.lastGood !== undefined;
}

export async function endDirectory(server: Server): Promise<void> {
  const handle = server.workflows.getHandle(directoryWorkflowId);
  await handle.terminate('the scenario is over').catch(unlessThere);
}

function clientOf({ connection, namespace }: Server): Client {
  return new Client({ connection, namespace });
}

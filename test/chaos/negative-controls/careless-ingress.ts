/**
 * A naive ingress: it signals a run whatever its size. Temporal ends a run that has grown too large, and every test
 * that acknowledged events are not lost must fail with it.
 */
import { Connection } from '@temporalio/client';
import { clientAt } from '../../../temporal/client.js';
import { createStartOptions } from '../../../temporal/start-thread.js';
import { engageEvents, threadWorkflow } from '../../../workflows/contract/index.js';
import { runIngress } from './run-ingress.js';

await runIngress(async (_ours, temporal) => {
  const connection = await Connection.connect({ address: temporal.connection.address });
  const { workflow } = clientAt({ ...temporal, connection });
  return async ({ domainId, threadId, startOn, events }) => {
    if (!startOn) return 'notRunning';
    const { sourceId } = startOn;
    const options = createStartOptions({ domainId, threadId, sourceId });
    const signal = { signal: engageEvents, signalArgs: [events] as [typeof events] };
    await workflow.signalWithStart(threadWorkflow, { ...options, ...signal });
    return 'accepted';
  };
});

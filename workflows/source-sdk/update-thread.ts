/**
 * Sends the queue position to the thread, for its card and for messages to the customer, because the
 * platform reports it to the channel only. Sends the newest position only, while humans have been
 * asked; the thread recognises duplicates by id and ignores positions outside a handover.
 */
import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { engageEvents, threadWorkflowId } from '../contract/index.js';
import { queueEventType, type QueueEvent } from '../contract/engage-event.js';
import type { SourceSdkState } from './state.js';

export class QueuePositionSignals {
  #sent = '';

  send({ phase, thread, queuePosition }: SourceSdkState): void {
    if (!queuePosition || queuePosition.id === this.#sent) return;
    if (phase !== 'handover' || thread?.phase !== 'handover') return;
    this.#sent = queuePosition.id;
    const event: QueueEvent = { type: queueEventType, ...queuePosition };
    const companion = getExternalWorkflowHandle(threadWorkflowId(thread.domainId, thread.threadId));
    // The thread has ended meanwhile: nothing waits there.
    companion.signal(engageEvents, [event]).catch(() => undefined);
  }
}

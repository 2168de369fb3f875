/**
 * Sends the queue position to the thread, for its card and for messages to the customer, because the
 * platform reports it to the channel only. Sends the newest position only, while humans have been
 * asked; the thread recognises duplicates by id and ignores positions outside a handover.
 */
import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { engageEvents, threadWorkflowId } from '../contract/index.js';
import { queueEventType, type QueueEvent } from '../contract/engage-event.js';
import type { SourceSdkState } from './state.js';

export class PlaceNews {
  #told = '';

  tell({ phase, thread, place }: SourceSdkState): void {
    if (!place || place.id === this.#told) return;
    if (phase !== 'handover' || thread?.phase !== 'handover') return;
    this.#told = place.id;
    const event: QueueEvent = { type: queueEventType, ...place };
    const companion = getExternalWorkflowHandle(threadWorkflowId(thread.domainId, thread.threadId));
    // The thread has ended meanwhile: nothing waits there.
    companion.signal(engageEvents, [event]).catch(() => undefined);
  }
}

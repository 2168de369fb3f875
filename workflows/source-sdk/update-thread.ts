/**
 * Where the customer stands in the platform's queue is told to the channel alone; the thread hears it
 * from here, so that it is on its card, and said where the business wants that. The newest only, and
 * only while humans are waited for: the thread knows it by its id, and would ignore it later.
 */
import { getExternalWorkflowHandle, patched } from '@temporalio/workflow';
import { engageEvents, threadWorkflowId } from '../contract/index.js';
import { queueEventType, type QueueEvent } from '../contract/engage-event.js';
import type { SourceSdkState } from './state.js';

export class PlaceNews {
  #told = '';

  tell({ phase, thread, place }: SourceSdkState): void {
    if (!place || place.id === this.#told) return;
    if (phase !== 'handover' || thread?.phase !== 'handover') return;
    if (!patched('tells-the-thread-its-place')) return;
    this.#told = place.id;
    const event: QueueEvent = { type: queueEventType, ...place };
    const companion = getExternalWorkflowHandle(threadWorkflowId(thread.domainId, thread.threadId));
    // Over meanwhile: nobody waits there.
    companion.signal(engageEvents, [event]).catch(() => undefined);
  }
}

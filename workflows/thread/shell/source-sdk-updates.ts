/**
 * Notifies the Source SDK conversation that a thread accompanies of every change of owner. The thread
 * knows the conversation by the channel id of a content. Threads of other sources are not affected and
 * have nothing of this in their histories.
 */
import { getExternalWorkflowHandle } from '@temporalio/workflow';
import type { ThreadState } from '../state/state.js';
import {
  sourceSdkEvents,
  sourceSdkWorkflowId,
  parseSdkThreadId,
  type ThreadMoved,
  notNow,
} from '../../contract/source-sdk.js';

export class SourceSdkUpdates {
  #onTheirWay = 0;

  /**
   * True when all signals have been sent. A run must not end before: the server never delivers a
   * signal of its last task.
   */
  get haveArrived(): boolean {
    return this.#onTheirWay === 0;
  }

  send(before: ThreadState | undefined, state: ThreadState): void {
    const id =
      state.routing.sourceSdkConversation === undefined
        ? undefined
        : parseSdkThreadId(state.routing.sourceSdkConversation);
    const news = id && newsOf(before, state);
    if (!news) return;
    const {
      domainId,
      threadId,
      ownership: { phase },
    } = state;
    const moved: ThreadMoved = {
      type: 'threadMoved',
      ...{ domainId, threadId, phase, reason: news },
      at: Date.now(),
    };
    this.#onTheirWay += 1;
    const sourceSdk = getExternalWorkflowHandle(sourceSdkWorkflowId(id));
    const arrived = () => {
      this.#onTheirWay -= 1;
    };
    // The conversation was forgotten meanwhile: there is nothing to notify.
    sourceSdk.signal(sourceSdkEvents, [moved]).then(arrived, arrived);
  }
}

function newsOf(before: ThreadState | undefined, state: ThreadState): string | undefined {
  const reason = state.ownership.reason ?? 'begun';
  if (
    before?.routing.sourceSdkConversation === undefined ||
    before.ownership.phase !== state.ownership.phase
  )
    return reason;
  const hasStayed = before.human.request !== undefined && state.human.request === undefined;
  if (hasStayed && state.ownership.phase === 'bot') return notNow;
  return before.ownership.epoch === state.ownership.epoch ? undefined : reason;
}

/**
 * The thread's side of a Source SDK conversation: it knows by a content's own id on the channel that it
 * accompanies one, and tells it of every change of owner. Threads of all other sources have no part in
 * this, and nothing of it in their histories.
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

export class SourceSdkNews {
  #onTheirWay = 0;

  /** A run must not end before: what it signals in its last task, the server never delivers. */
  get haveArrived(): boolean {
    return this.#onTheirWay === 0;
  }

  tell(before: ThreadState | undefined, state: ThreadState): void {
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
    // Forgotten meanwhile: there is nobody to be told.
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

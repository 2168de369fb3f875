/** Links a thread to the Source SDK conversation that its first content names. */
import type { ContentEvent } from '../../contract/engage-event.js';
import type { ThreadState } from '../state/state.js';
import { parseSdkMessageId, sdkThreadId } from '../../contract/source-sdk-ids.js';
import { withRouting } from '../state/routing.js';

/** Stores the conversation's id if the content belongs to one. */
export function linked(state: ThreadState, { content }: ContentEvent): ThreadState {
  const id = content.foreignId === undefined ? undefined : parseSdkMessageId(content.foreignId);
  if (!id || state.routing.sourceSdkConversation !== undefined || id.source !== state.settings.name)
    return state;
  return withRouting(state, { sourceSdkConversation: sdkThreadId(id) });
}

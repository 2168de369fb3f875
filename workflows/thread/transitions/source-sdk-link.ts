/** Which Source SDK conversation a thread accompanies: the first content of it says so. */
import type { ContentEvent } from '../../contract/engage-event.js';
import type { ThreadState } from '../state/state.js';
import { parseSdkMessageId, sdkThreadId } from '../../contract/source-sdk-ids.js';
import { withRouting } from '../state/routing.js';

/** A content of a Source SDK conversation names it. */
export function linked(state: ThreadState, { content }: ContentEvent): ThreadState {
  const id = content.foreignId === undefined ? undefined : parseSdkMessageId(content.foreignId);
  if (!id || state.routing.sourceSdkConversation !== undefined || id.source !== state.settings.name)
    return state;
  return withRouting(state, { sourceSdkConversation: sdkThreadId(id) });
}

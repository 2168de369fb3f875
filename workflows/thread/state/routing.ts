/** Where the thread is on the platform: its category, and the owner of thread control. */
import type { Control } from './messenger-control.js';

export type Routing = {
  /** The category last assigned by us, or last seen on the platform. */
  readonly assignedCategory: 'bot' | 'agent' | undefined;
  /** Id of the category that we set last: other settings may have been deployed since. */
  readonly lastSet?: string;
  /** Messenger's thread control, on sources that have it. */
  readonly messengerControl: Control | undefined;
  /** A content's categories differ from ours: read the thread before asking the bot. */
  readonly categoriesInDoubt: boolean;
  /** Channel id of the Source SDK conversation that the thread accompanies. */
  readonly sourceSdkConversation?: string;
};

export const newRouting: Routing = {
  assignedCategory: undefined,
  messengerControl: undefined,
  categoriesInDoubt: false,
};

/** The only function that changes this slice. */
export function withRouting<S extends { readonly routing: Routing }>(
  state: S,
  change: Partial<Routing>,
): S {
  return { ...state, routing: { ...state.routing, ...change } };
}

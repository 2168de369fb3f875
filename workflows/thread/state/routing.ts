/** Where the thread is on the platform: its category, and who controls its channel. */
import type { Control } from './messenger-control.js';

export type Routing = {
  /** Whose category we last assigned, or saw assigned. */
  readonly assignedCategory: 'bot' | 'agent' | undefined;
  /** Messenger's thread control, on sources that have it. */
  readonly messengerControl: Control | undefined;
  /** A content's categories contradict us: read the thread before asking the bot. */
  readonly categoriesInDoubt: boolean;
  /** The Source SDK conversation it accompanies, by its id on the channel. */
  readonly sourceSdkConversation?: string;
};

export const newRouting: Routing = {
  assignedCategory: undefined,
  messengerControl: undefined,
  categoriesInDoubt: false,
};

/** The only way in which this part of the state changes. */
export function withRouting<S extends { readonly routing: Routing }>(
  state: S,
  change: Partial<Routing>,
): S {
  return { ...state, routing: { ...state.routing, ...change } };
}

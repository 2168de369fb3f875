/** A Source SDK conversation as SDK objects: its users, its thread, its messages. */
import { sdkMessageId, sdkThreadId } from '../contract/source-sdk-ids.js';
import type { Line, SourceSdkState } from './state.js';

type Push = { readonly action: string; readonly params: Readonly<Record<string, unknown>> };

/**
 * Objects created before the first message: the thread, and the identities that an administrator marks
 * as controlled and assigns to the bot's user and the agents. Repeatable: the platform knows them by
 * their ids.
 */
export function entrance(state: SourceSdkState): readonly Push[] {
  const { botIdentity, agentIdentity } = state.settings;
  return [
    { action: 'users.create', params: brandUser(state, botIdentity) },
    { action: 'users.create', params: brandUser(state, agentIdentity) },
    {
      action: 'threads.create',
      params: { id: sdkThreadId(state), author: customerUser(state), actions: ['show', 'reply'] },
    },
  ];
}

export function messageObject(
  state: SourceSdkState,
  line: Line,
): Readonly<Record<string, unknown>> {
  const { by, id, body, attachments, at, receivedAt } = line;
  return {
    id: sdkMessageId({ ...idOf(state), by, message: id }),
    thread_id: sdkThreadId(state),
    author: by === 'bot' ? brandUser(state, state.settings.botIdentity) : customerUser(state),
    ...(body !== '' && { body }),
    format: 'text',
    actions: ['show', 'reply'],
    created_at: at ?? new Date(receivedAt).toISOString(),
    ...(attachments && { attachments }),
    ...(state.customer?.language !== undefined && { language: state.customer.language }),
  };
}

function idOf({ source, conversation }: SourceSdkState) {
  return { source, conversation };
}

function customerUser(state: SourceSdkState): object {
  const profile = state.customer ?? { id: state.conversation, screenname: 'Customer' };
  // The language belongs to messages, not to users.
  return { ...profile, language: undefined, ...born(state) };
}

function brandUser(
  state: SourceSdkState,
  user: { readonly id: string; readonly screenname: string },
) {
  return { ...user, puppetizable: true, ...born(state) };
}

function born({ bornAt }: SourceSdkState): { created_at: string; updated_at: string } {
  const at = new Date(bornAt).toISOString();
  return { created_at: at, updated_at: at };
}

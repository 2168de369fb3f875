/**
 * Posts one reply in our own app's name. The owner of thread control is checked right before, so that
 * nothing is posted after another app has taken it, and whether the attempt is still wanted. Facebook returns no time, so our clock is used.
 */
import { formatAsText } from '../bots/messages/as-text.js';
import type { MessengerClient } from '../engage/messenger/client.js';
import { MessengerError } from '../engage/messenger/errors.js';
import type { PostReplyInput, PostReplyOutcome } from '../workflows/contract/work.js';
import { givenUp, type Attempt } from './given-up.js';

export type Seen = { readonly contentsBefore: number; readonly looked?: readonly string[] };

type Speaking = {
  readonly to: NonNullable<PostReplyInput['messenger']>;
  readonly seen: Seen;
  readonly attempt: Attempt;
};

export async function speakOnMessenger(
  client: MessengerClient | undefined,
  reply: Pick<PostReplyInput, 'body' | 'structured'>,
  { to, seen, attempt }: Speaking,
): Promise<PostReplyOutcome> {
  // A worker of another configuration: the reply waits for one that has the page's token.
  if (!client) return { is: 'notSent', code: 'Messenger.NoToken', retryAfter: pause };
  try {
    const { appId } = await client.owner(to);
    if (appId !== to.appId) return { is: 'noControl' };
  } catch (error) {
    if (error instanceof MessengerError) return notSaid(error);
    throw error;
  }
  if (attempt.isGivenUp()) return { is: 'notSent', code: givenUp, retryAfter: pause };
  try {
    const { messageId: contentId } = await client.send(to, formatAsText(reply));
    return { is: 'posted', contentId, createdAt: Date.now(), ...seen };
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error;
    if (error.mayHaveHappened) return { is: 'ambiguous', code: error.name };
    return notSaid(error);
  }
}

const pause = 2_000;

function notSaid({ isTransient, name: code }: MessengerError): PostReplyOutcome {
  return isTransient ? { is: 'notSent', code, retryAfter: pause } : { is: 'refused', code };
}

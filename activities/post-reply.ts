import type { EngageClient } from '../engage/client.js';
import { EngageError, NotAuthorised, ThreadLocked, Unprocessable } from '../engage/errors.js';
import type { Content, Thread } from '../engage/resources.js';
import type {
  PostReplyInput,
  PostReplyOutcome,
  WorkActivities,
} from '../workflows/contract/work.js';
import { checkEmergency, isEmergencyUnknown } from './emergency-check.js';
import { isThatReply, knownAs } from './find-reply.js';
import { attemptBegins } from './given-up.js';
import type { Ports } from './ports.js';
import { speakOnMessenger, type Seen } from './speak-on-messenger.js';

/**
 * Say one thing to the customer, once. NOT repeatable: the platform has no idempotency key, so this
 * runs with one attempt, and whatever it cannot know it says: `ambiguous`.
 *
 * Right before speaking it re-reads the thread: locked, taken from the bot's category, or with more
 * contents than expected, in which case they are looked at for a human's. All its calls have one turn in
 * the account's budget, waited for before the first: the one round trip between reading and posting
 * remains; a reply that crosses there is found and counted by the workflow. An emergency is looked for
 * first and last, and fails it before it speaks. An attempt that was given up says nothing: whoever owes
 * the reply is looking for it.
 */
export const createPostReply = ({
  engage,
  emergencies,
  messenger,
}: Pick<Ports, 'engage' | 'emergencies' | 'messenger'>): WorkActivities['postReply'] =>
  async function postReply(input) {
    const attempt = attemptBegins();
    const lookAndSpeak = async (): Promise<PostReplyOutcome> => {
      const seen = await lookBeforeSpeaking(engage, input);
      if ('is' in seen) return seen;
      // Looking may have taken seconds.
      await checkEmergency({ emergencies }, input);
      if (attempt.isGivenUp()) {
        return { is: 'notSent', code: 'GivenUp', retryAfter: pauseBeforeNext() };
      }
      if (!input.messenger) return speak(engage, input, seen);
      return speakOnMessenger(messenger, input, input.messenger, seen);
    };
    try {
      await checkEmergency({ emergencies }, input);
      const of = { calls: callsOfAReply, within: attempt.mayWait };
      return await engage.inOneTurn(of, lookAndSpeak);
    } catch (error) {
      // Only reads are left to fail here: nothing was said.
      if (error instanceof EngageError) return notSaid(error);
      if (isEmergencyUnknown(error)) {
        return { is: 'notSent', code: 'EmergencyUnknown', retryAfter: pauseBeforeNext() };
      }
      throw error;
    }
  };

/** The thread, its newest contents where they are not as many as expected, and the post. */
const callsOfAReply = 3;

async function lookBeforeSpeaking(
  engage: EngageClient,
  input: PostReplyInput,
): Promise<PostReplyOutcome | Seen> {
  const thread = await threadOf(engage, input.threadId);
  if (!thread) return { is: 'deactivated' };
  if (thread.closed) return { is: 'threadLocked' };
  const categoryIds = thread.thread_category_ids;
  const { botCategoryId } = input;
  if (botCategoryId && !categoryIds.includes(botCategoryId)) return { is: 'notOurs', categoryIds };

  const contentsBefore = thread.contents_count ?? 0;
  if (contentsBefore === input.expectedContents) return { contentsBefore };
  const contents = await engage.listNewestContents(input.threadId);
  const since = contents.findIndex(({ id }) => id === input.inReplyToId);
  const newer = contents.slice(0, since === -1 ? undefined : since);
  const human = contents.find(
    (content) =>
      isHumans(content, input) &&
      !input.knownContentIds.includes(content.id) &&
      (newer.includes(content) || content.created_at > input.lookSince),
  );
  if (human) return { is: 'humanSpoke', contentId: human.id, createdAt: human.created_at };
  const mine = newer.find((content) => isThatReply(content, input));
  const looked = contents.map(({ id }) => id);
  if (!mine) return { contentsBefore, looked };
  const { created_at: createdAt } = mine;
  const contentId = knownAs(mine, input);
  // Who has forgotten one may have forgotten more, after a backup was restored: the next one looks too.
  const others = newer.filter((content) => content !== mine && isForgotten(content, input)).length;
  return {
    is: 'posted',
    contentId,
    createdAt,
    contentsBefore: contentsBefore - 1 - others,
    looked,
  };
}

/** Undefined when not even reading is allowed any more; a thread out of reach is a 404. */
async function threadOf(engage: EngageClient, threadId: string): Promise<Thread | undefined> {
  try {
    return await engage.getThread(threadId);
  } catch (error) {
    if (error instanceof NotAuthorised) return undefined;
    throw error;
  }
}

/** Said by us, and not known. */
function isForgotten(content: Content, input: PostReplyInput): boolean {
  return (
    content.creator_id === input.botUserId && !input.ownContentIds.includes(knownAs(content, input))
  );
}

/** Written for the brand and not by us: at the desk, or in the channel's own app. */
function isHumans(content: Content, input: PostReplyInput): boolean {
  if (content.creator_id === input.botUserId) return false;
  if (content.author_id && input.automaticIdentityIds.includes(content.author_id)) return false;
  if (content.creator_id) return true;
  // What our own app said on Messenger is known by Facebook's id.
  const { foreign_id: foreignId } = content;
  if (foreignId !== undefined && input.ownContentIds.includes(foreignId)) return false;
  return content.status === 'user_reply' || content.status === 'user_initiated';
}

async function speak(
  engage: EngageClient,
  input: PostReplyInput,
  seen: Seen,
): Promise<PostReplyOutcome> {
  try {
    const { id: contentId, created_at: createdAt } = await engage.createReply(input);
    return { is: 'posted', contentId, createdAt, ...seen };
  } catch (error) {
    if (!(error instanceof EngageError)) throw error;
    if (error.mayHaveHappened) return { is: 'ambiguous', code: error.name };
    if (error instanceof ThreadLocked) return { is: 'threadLocked' };
    // The platform refuses replies without an open intervention on some accounts, by either status.
    if (error instanceof NotAuthorised || error instanceof Unprocessable) {
      return { is: 'needsIntervention' };
    }
    return notSaid(error);
  }
}

/** When the platform does not say: some seconds, not the same for all who wait. */
const pause = 2_000;

function notSaid(error: EngageError): PostReplyOutcome {
  if (!error.isTransient) return { is: 'refused', code: error.name };
  return { is: 'notSent', code: error.name, retryAfter: error.retryAfter ?? pauseBeforeNext() };
}

function pauseBeforeNext(): number {
  return Math.round(pause * (1 + Math.random()));
}

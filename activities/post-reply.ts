/**
 * Posts one reply to the customer, once. NOT repeatable: the platform has no idempotency key, so this
 * runs with one attempt and reports an unknown result as `ambiguous`.
 *
 * It re-reads the thread right before posting and does not post if the thread is locked, has an unknown
 * content of a human, or, for a reply of the bot, is no longer in the bot's category. Contents are read
 * only if their number differs from the expected one. The rate limiter reserves all calls together, so
 * that only one round trip lies between reading and posting; the workflow counts a reply that crosses a
 * takeover in that time. An emergency is checked first and again before the post. An attempt that has
 * passed its timeout posts nothing, because the workflow is already searching for the reply. A reply that
 * the business does not want to be sent late is reported as `late` in place of the post.
 */
import type { EngageClient } from '../engage/client.js';
import { EngageError, NotAuthorised, ThreadLocked, Unprocessable } from '../engage/errors.js';
import type { Content, Thread } from '../engage/resources.js';
import type {
  PostReplyInput,
  PostReplyOutcome,
  WorkActivities,
} from '../workflows/contract/work.js';
import { isSourceSdkBots } from '../workflows/contract/source-sdk-ids.js';
import { checkEmergency, isEmergencyUnknown } from './emergency-check.js';
import { isThatReply, idOnChannel } from './find-reply.js';
import { attemptBegins, givenUp } from './given-up.js';
import type { Ports } from './ports.js';
import { speakOnMessenger, type Seen } from './speak-on-messenger.js';

export const createPostReply = ({
  engage,
  emergencies,
  messenger,
}: Pick<Ports, 'engage' | 'emergencies' | 'messenger'>): WorkActivities['postReply'] =>
  async function postReply(input) {
    const attempt = attemptBegins();
    const readAndPost = async (): Promise<PostReplyOutcome> => {
      const seen = await lookBeforeSpeaking(engage, input);
      if ('is' in seen) return seen;
      // Reading may have taken seconds: check again.
      await mayPost(emergencies, input);
      if (attempt.isGivenUp()) {
        return { is: 'notSent', code: givenUp, retryAfter: pauseBeforeNext() };
      }
      if (input.isLate) return { is: 'late' };
      if (!input.messenger) return speak(engage, input, seen);
      return speakOnMessenger(messenger, input, { to: input.messenger, seen, attempt });
    };
    try {
      await mayPost(emergencies, input);
      const budget = { calls: callsOfAReply, within: attempt.mayWait() };
      return await engage.inOneTurn(budget, readAndPost);
    } catch (error) {
      // Only reads can fail here: nothing was posted.
      if (error instanceof EngageError) return notSaid(error);
      if (isEmergencyUnknown(error)) {
        return { is: 'notSent', code: 'EmergencyUnknown', retryAfter: pauseBeforeNext() };
      }
      throw error;
    }
  };

/** @throws ApplicationFailure of `checkEmergency`; never for the text about the emergency itself */
async function mayPost(emergencies: Ports['emergencies'], input: PostReplyInput): Promise<void> {
  if (input.isEmergencyNotice) return;
  await checkEmergency({ emergencies }, input);
}

/** Reading the thread, reading its newest contents if their number differs, and the post. */
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
      !input.seenContentIds.includes(content.id) &&
      (newer.includes(content) || content.created_at > input.lookSince),
  );
  if (human) {
    const { id: contentId, created_at: createdAt, approval_required: waits } = human;
    const approval = waits ? ({ waitsForApproval: true } as const) : {};
    return { is: 'humanSpoke', contentId, createdAt, ...approval };
  }
  const mine = newer.find((content) => isThatReply(content, input));
  const looked = contents.map(({ id }) => id);
  if (!mine) return { contentsBefore, looked };
  const { created_at: createdAt } = mine;
  const contentId = idOnChannel(mine, input);
  // After the restore of a backup more than one reply may be unknown; each must cause another read.
  const others = newer.filter((content) => content !== mine && isForgotten(content, input)).length;
  return {
    is: 'posted',
    contentId,
    createdAt,
    contentsBefore: contentsBefore - 1 - others,
    looked,
  };
}

/** Undefined on 403: the bot's user may not read at all. A source that it may not read gives a 404. */
async function threadOf(engage: EngageClient, threadId: string): Promise<Thread | undefined> {
  try {
    return await engage.getThread(threadId);
  } catch (error) {
    if (error instanceof NotAuthorised) return undefined;
    throw error;
  }
}

/** True for a content that our user has posted and the thread does not know. */
function isForgotten(content: Content, input: PostReplyInput): boolean {
  return (
    content.creator_id === input.botUserId &&
    !input.ownContentIds.includes(idOnChannel(content, input))
  );
}

/** True for a content that a human wrote for the brand: in Engage, or in the channel's own app. */
function isHumans(content: Content, input: PostReplyInput): boolean {
  if (content.creator_id === input.botUserId) return false;
  if (content.author_id && input.automaticIdentityIds.includes(content.author_id)) return false;
  const { foreign_id: foreignId } = content;
  // What a bot of the Source SDK has said in its own channel.
  if (foreignId !== undefined && isSourceSdkBots({ foreignId })) return false;
  if (content.creator_id) return true;
  // On Messenger, our own app's posts are recognised by Facebook's id.
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
    // On some accounts replies need an open intervention; the platform uses either status for that.
    if (error instanceof NotAuthorised || error instanceof Unprocessable) {
      return { is: 'needsIntervention' };
    }
    return notSaid(error);
  }
}

/**
 * Milliseconds before a retry if the platform gives none; randomised, so that retries do not coincide.
 */
const pause = 2_000;

function notSaid(error: EngageError): PostReplyOutcome {
  if (!error.isTransient) return { is: 'refused', code: error.name };
  return { is: 'notSent', code: error.name, retryAfter: error.retryAfter ?? pauseBeforeNext() };
}

function pauseBeforeNext(): number {
  return Math.round(pause * (1 + Math.random()));
}

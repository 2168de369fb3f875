/**
 * Typed calls to Engage that threads need. Each is one attempt; its comment says whether it may be
 * repeated. Sources: Engage REST reference, contents, interventions, threads.
 */
import { z } from 'zod';
import { accountCalls, type AccountCalls } from './account.js';
import { botCalls, type BotCalls } from './bots.js';
import { listCalls, type Lists } from './lists.js';
import {
  commentSchema,
  listedContentSchema,
  contentSchema,
  interventionSchema,
  createPageSchema,
  threadSchema,
  type Comment,
  type Content,
  type ListedContent,
  type Intervention,
  type Thread,
} from './resources.js';
import type { Together } from './pace.js';
import { customFieldForm, profileCalls, type FieldValues, type Profiles } from './profiles.js';
import { createTransport, asItComes, type Transport, type TransportOptions } from './transport.js';

export type NewReply = {
  readonly inReplyToId: string;
  /** May be empty with a structured message or attachments. */
  readonly body: string;
  readonly isPrivate: boolean;
  /** A structured message in the platform's format. */
  readonly structured?: object;
  /** Ids of attachments uploaded before. */
  readonly attachmentIds?: readonly string[];
};

export type NewComment = { readonly interventionId: string; readonly body: string };

export type EngageClient = Lists &
  Profiles &
  AccountCalls &
  BotCalls & {
    /**
     * Reserves budget for that number of calls before `run`, so that they do not queue in between. @throws
     * NoTurn when there is no budget `within` so many milliseconds; `run` has not started then
     */
    inOneTurn<T>(of: Together, run: () => Promise<T>): Promise<T>;
    /** @throws NotFound also when the token's user may not read the source */
    getThread(threadId: string): Promise<Thread>;
    /** The newest contents of a thread, newest first, at most 30. */
    listNewestContents(threadId: string): Promise<readonly Content[]>;
    /** The same with all that a webhook would have told of each; one that is not understood is left out. */
    listThreadContents(threadId: string): Promise<readonly ListedContent[]>;
    /**
     * Sends a message to the customer. Not idempotent: there is no idempotency key, a second call is a
     * second message. Success means accepted; delivery to the channel is reported by `content.exported`.
     * @throws ThreadLocked, NotAuthorised, Unprocessable (also: needs an open intervention)
     */
    createReply(reply: NewReply): Promise<Content>;
    /**
     * Replaces the thread's complete set of categories. Idempotent. @throws Conflict during another update
     */
    setThreadCategories(threadId: string, categoryIds: readonly string[]): Promise<Thread>;
    /** Opens an intervention on a content, or reopens it. @throws Unprocessable when one is open */
    openIntervention(contentId: string): Promise<Intervention>;
    /** The thread's interventions that are open and not deferred, newest first. */
    listActiveInterventions(threadId: string): Promise<readonly Intervention[]>;
    getIntervention(interventionId: string): Promise<Intervention>;
    /** @throws NotAuthorised when closed, without a reply, or not ours; Conflict while closing */
    closeIntervention(interventionId: string): Promise<Intervention>;
    /**
     * Sets custom fields by key; others keep their values. Idempotent. @throws Unprocessable for an
     * unknown key
     */
    setInterventionFields(interventionId: string, fields: FieldValues): Promise<Intervention>;
    /** Comments of an intervention, visible to agents only. */
    listComments(interventionId: string): Promise<readonly Comment[]>;
    /** Not idempotent: a second call is a second comment. */
    createComment(comment: NewComment): Promise<Comment>;
    /** Locks a thread against replies. Idempotent. @throws NotAuthorised without the right */
    closeThread(threadId: string): Promise<unknown>;
    /** Deletes an intervention that has no reply. @throws NotAuthorised, Conflict */
    cancelIntervention(interventionId: string): Promise<Intervention>;
  };

const contents = createPageSchema(contentSchema);
const wholeContents = createPageSchema(listedContentSchema.optional().catch(undefined));
const interventions = createPageSchema(interventionSchema);
const comments = createPageSchema(commentSchema);
/** A deletion answers with the deleted object, or without a body. */
const maybeIntervention = z.union([interventionSchema, z.undefined()]);

export function createEngageClient(options: TransportOptions): EngageClient {
  const send = createTransport(options);
  const { inTurn = asItComes } = options;
  return {
    inOneTurn: (of, run) => inTurn(run, of),
    ...threadCalls(send),
    ...contentCalls(send),
    ...commentCalls(send),
    ...interventionCalls(send),
    ...listCalls(send),
    ...profileCalls(send),
    ...accountCalls(send),
    ...botCalls(send),
  };
}

const at = encodeURIComponent;

function threadCalls(
  send: Transport,
): Pick<EngageClient, 'getThread' | 'setThreadCategories' | 'closeThread'> {
  return {
    getThread: (threadId) =>
      send({ method: 'GET', path: `/content_threads/${at(threadId)}`, answer: threadSchema }),

    setThreadCategories: (threadId, categoryIds) =>
      send({
        method: 'PUT',
        path: `/content_threads/${at(threadId)}/update_categories`,
        form: categoryIds.map((id) => ['thread_category_ids[]', id] as const),
        answer: threadSchema,
      }),

    closeThread: (threadId) =>
      send({ method: 'PUT', path: `/content_threads/${at(threadId)}/close`, answer: threadSchema }),
  };
}

function commentCalls(send: Transport): Pick<EngageClient, 'listComments' | 'createComment'> {
  const path = '/intervention_comments';
  return {
    async listComments(interventionId) {
      const query = { intervention_id: interventionId, limit: '100' };
      const page = await send({ method: 'GET', path, query, answer: comments });
      return page.records;
    },

    createComment: ({ interventionId, body }) => {
      const form = [['intervention_id', interventionId] as const, ['body', body] as const];
      return send({ method: 'POST', path, form, answer: commentSchema });
    },
  };
}

type ContentCalls = Pick<EngageClient, 'listNewestContents' | 'listThreadContents' | 'createReply'>;

function contentCalls(send: Transport): ContentCalls {
  const newestOf = (threadId: string) => ({
    q: `thread:"${threadId}" order:"created_at.desc"`,
    limit: '30',
  });
  return {
    async listNewestContents(threadId) {
      const query = newestOf(threadId);
      const page = await send({ method: 'GET', path: '/contents', query, answer: contents });
      return page.records;
    },

    async listThreadContents(threadId) {
      const query = newestOf(threadId);
      const page = await send({ method: 'GET', path: '/contents', query, answer: wholeContents });
      return page.records.filter((record) => record !== undefined);
    },

    createReply: (reply) =>
      send({ method: 'POST', path: '/contents', json: replyJson(reply), answer: contentSchema }),
  };
}

function replyJson({ inReplyToId, body, isPrivate, structured, attachmentIds }: NewReply): object {
  // The platform refuses an empty body; with a structured message or attachments the field is omitted.
  const hasBody = body.trim() !== '' || (!structured && !attachmentIds);
  return {
    in_reply_to_id: inReplyToId,
    ...(hasBody && { body }),
    private: isPrivate,
    ...(structured && { structured_content: structured }),
    ...(attachmentIds && { attachment_ids: attachmentIds }),
  };
}

type InterventionCalls = Omit<
  EngageClient,
  | keyof Lists
  | keyof Profiles
  | keyof AccountCalls
  | keyof BotCalls
  | 'inOneTurn'
  | keyof ReturnType<typeof threadCalls>
  | keyof ReturnType<typeof contentCalls>
  | keyof ReturnType<typeof commentCalls>
>;

function interventionCalls(send: Transport): InterventionCalls {
  const answer = interventionSchema;
  return {
    openIntervention: (contentId) =>
      send({ method: 'POST', path: '/interventions', form: [['content_id', contentId]], answer }),

    async listActiveInterventions(threadId) {
      const query = { thread_id: threadId, status: 'active' };
      const page = await send({
        method: 'GET',
        path: '/interventions',
        query,
        answer: interventions,
      });
      return page.records;
    },

    getIntervention: (id) => send({ method: 'GET', path: `/interventions/${at(id)}`, answer }),

    setInterventionFields: (id, fields) =>
      send({
        method: 'PUT',
        path: `/interventions/${at(id)}`,
        form: customFieldForm(fields),
        answer,
      }),

    closeIntervention: (id) =>
      send({ method: 'PUT', path: `/interventions/${at(id)}/close`, answer }),

    async cancelIntervention(id) {
      const path = `/interventions/${at(id)}/cancel`;
      const canceled = await send({ method: 'DELETE', path, answer: maybeIntervention });
      return canceled ?? { id, thread_id: undefined, user_id: undefined, closed: true };
    },
  };
}

/**
 * The operator API's access to threads: list them by Temporal's searches, query one, and send it commands.
 *
 * A search is one request and lags behind a little; a query is exact. A command has an id: repeated within
 * a run, it takes effect once.
 */
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  askHandover,
  close,
  pauseBot,
  returnToBot,
  answerAgain,
  searchAttributes,
  takeOver,
  threadWorkflowId,
  transcriptQuery,
  type Phase,
  type ThreadCard,
  type Transcript,
} from '../workflows/contract/index.js';
import { accompaniedBy } from './accompanied.js';
import { toFoundThread, type FoundThread } from './found-thread.js';
import { pageOf, tokenIn, WrongPage } from './page-token.js';
import { connectOperator } from './operator-connection.js';
import type { TemporalSettings } from './settings.js';
import { erase, type Erased } from './erase.js';
import { listIdentityThreads, type IdentityThreads } from './identity-threads.js';
import { createIdentityMarks } from './identity-mark.js';
import { wideQuery, type WideSearch } from './thread-search.js';
import { unlessThere } from './unless-there.js';
import type { CommandInput } from '../workflows/contract/commands.js';
import type { ThreadId } from './thread-id.js';

export type { Erased } from './erase.js';
export type { FoundThread } from './found-thread.js';
export type { WideSearch } from './thread-search.js';
export type OperatorCommand =
  | (CommandInput & {
      readonly do: 'askHandover' | 'takeOver' | 'returnToBot' | 'close' | 'answerAgain';
    })
  | (CommandInput & { readonly do: 'pauseBot'; readonly forMs: number });

export type ErasedThread = {
  readonly id: ThreadId;
  /** Whether it may accompany a Source SDK conversation, which is then looked up. */
  readonly mayHaveSourceSdk: boolean;
};

export type SeenThread = { readonly transcript: Transcript; readonly isRunning: boolean };

/** Each rejects with `TemporalAway` at its deadline. */
export type OperatedThreads = {
  /** One request to Temporal. @throws WrongPage for an invalid page */
  list(
    search: WideSearch,
    page: { readonly size: number; readonly after: string | undefined },
  ): Promise<{ readonly threads: readonly FoundThread[]; readonly next: string | undefined }>;
  count(search: WideSearch): Promise<number>;
  /** `undefined`: there is no such thread. */
  see(id: ThreadId): Promise<SeenThread | undefined>;
  /** Temporal's description of it, without a worker or a key; `undefined`: there is no such thread. */
  find(id: ThreadId): Promise<{ readonly source: string | undefined } | undefined>;
  /** @throws CommandRefused, ThreadOver */
  command(id: ThreadId, command: OperatorCommand, updateId: string): Promise<ThreadCard>;
  /** Destroys their keys, and deletes their data and that of the Source SDK conversations they accompany. */
  erase(threads: readonly ErasedThread[]): Promise<Erased>;
  /** Threads with one of these identities as their customer, and the number of threads without a mark. */
  ofIdentities(identities: readonly string[]): Promise<IdentityThreads>;
  close(): Promise<void>;
};

/** The command is not possible in this phase, or not yet. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  readonly phase: Phase | undefined;

  constructor(message: string, phase: Phase | undefined) {
    super(message);
    this.phase = phase;
  }
}

/** The run has ended, or there never was one. */
export class ThreadOver extends Error {
  override readonly name = 'ThreadOver';
}

/** Milliseconds for a thousand conversations, and for the keys to leave every cache. */
const erasedWithin = 120_000;
const foundWithin = 30_000;

export function connectOperatedThreads(temporal: TemporalSettings): OperatedThreads {
  const { connection, client, inTime } = connectOperator(temporal, 'threads', isAnswer);
  const { namespace } = temporal;
  const marks = createIdentityMarks(temporal.encryption);
  const marksOf = async (identities: readonly string[]) =>
    (await Promise.all(identities.map((identity) => marks.of(identity)))).flat();
  return {
    list: (search, page) => inTime(() => list(connection, namespace, search, page)),
    count: (search) => inTime(async () => (await client.workflow.count(wideQuery(search))).count),
    see: (id) => inTime(() => see(client, id)),
    find: (id) => inTime(() => find(client, id)),
    command: (id, command, updateId) =>
      inTime(() => sendCommand(handleOf(client, id), command, updateId)),
    erase: (threads) => inTime(() => eraseAll(client, temporal, threads), erasedWithin),
    ofIdentities: (identities) =>
      inTime(async () => listIdentityThreads(client, await marksOf(identities)), foundWithin),
    close: () => connection.close(),
  };
}

function isAnswer(error: unknown): boolean {
  return (
    error instanceof CommandRefused || error instanceof ThreadOver || error instanceof WrongPage
  );
}

function handleOf({ workflow }: Client, { domainId, threadId }: ThreadId): WorkflowHandle {
  return workflow.getHandle(threadWorkflowId(domainId, threadId));
}

async function eraseAll(
  client: Client,
  temporal: TemporalSettings,
  threads: readonly ErasedThread[],
) {
  const groups: (readonly string[])[] = [];
  for (const { id, mayHaveSourceSdk } of threads) {
    const thread = threadWorkflowId(id.domainId, id.threadId);
    const sourceSdk = mayHaveSourceSdk ? await accompaniedBy(client, thread) : [];
    // The thread comes last: while it exists, a failed erasure can be repeated.
    groups.push([...sourceSdk, thread]);
  }
  return erase({ client, ...temporal }, groups);
}

async function list(
  { workflowService }: Pick<Client['connection'], 'workflowService'>,
  namespace: string,
  search: WideSearch,
  { size, after }: { readonly size: number; readonly after: string | undefined },
): ReturnType<OperatedThreads['list']> {
  const query = wideQuery(search);
  const { executions, nextPageToken } = await workflowService.listWorkflowExecutions({
    namespace,
    query,
    pageSize: size,
    ...tokenIn(after, query),
  });
  return { threads: executions.map(toFoundThread), next: pageOf(nextPageToken, query) };
}

async function find(client: Client, id: ThreadId): ReturnType<OperatedThreads['find']> {
  const known = await handleOf(client, id).describe().catch(unlessThere);
  return known && { source: known.typedSearchAttributes.get(searchAttributes.source) };
}

async function see(client: Client, id: ThreadId): Promise<SeenThread | undefined> {
  const handle = handleOf(client, id);
  const asked = Promise.all([handle.query(transcriptQuery), handle.describe()]);
  const [transcript, known] = (await asked.catch(unlessThere)) ?? [];
  return transcript && known && { transcript, isRunning: known.status.name === 'RUNNING' };
}

const updates = { answerAgain, askHandover, takeOver, returnToBot, close } as const;

/** @throws CommandRefused, ThreadOver */
export async function sendCommand(
  handle: WorkflowHandle,
  command: OperatorCommand,
  updateId: string,
): Promise<ThreadCard> {
  const { by, why } = command;
  try {
    if (command.do !== 'pauseBot') {
      return await handle.executeUpdate(updates[command.do], { args: [{ by, why }], updateId });
    }
    const args: [CommandInput & { forMs: number }] = [{ by, why, forMs: command.forMs }];
    return await handle.executeUpdate(pauseBot, { args, updateId });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new ThreadOver('its run has ended');
    throw refusalIn(error) ?? error;
  }
}

function refusalIn(error: unknown): CommandRefused | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const [details] = (cause.details ?? []) as [{ readonly phase?: Phase }?];
  return new CommandRefused(cause.message, details?.phase);
}

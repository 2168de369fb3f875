/** What activities are made from: the platform, the bots, the business's settings. */
import type { AlertWebhook } from '../runtime/alert-webhook.js';
import type { Question } from '../bots/answer-token.js';
import type { Bot } from '../bots/bot.js';
import type { EngageClient } from '../engage/client.js';
import type { MessengerClient } from '../engage/messenger/client.js';
import type { AgentStatus } from '../engage/people-resources.js';
import type { MoveAnswer, ThreadSearch, Way } from '../workflows/contract/index.js';
import type { Tracing } from '../runtime/tracing/tracing.js';
import type { SourceSettings } from '../workflows/contract/source-settings.js';
import type { RefreshInput, SourceFact, WhoMayAnswer } from '../workflows/contract/directory.js';
import type {
  CheckAvailabilityInput,
  Availability,
  FindPlaceInput,
  WaitingLine,
} from '../workflows/contract/work.js';
import type { SourceSdkPorts } from './source-sdk/ports.js';
import type { ThreadsToBackfill } from './reconcile/ports.js';
import type { CommandInput } from '../workflows/contract/commands.js';

export type Ports = SourceSdkPorts & {
  readonly engage: EngageClient;
  readonly bots: ReadonlyMap<string, Bot>;
  /** Where a bot may send its answer later; absent: an answer is given at once. */
  readonly answerUrl?: (question: Question) => string;
  /** Is the source's desk open, and how is asked who is there. */
  readonly availabilityOf: (input: CheckAvailabilityInput) => OpenDesk;
  /** Who is connected and could take a thread there, some seconds ago at most. */
  readonly agentsAt: (input: CheckAvailabilityInput) => Promise<readonly AgentStatus[]>;
  /** Who may answer where, as it was last read; `undefined` as long as it never was. */
  readonly directory: {
    source(sourceId: string): Promise<SourceFact | undefined>;
    mayAnswer(question: WhoMayAnswer): Promise<readonly string[] | undefined>;
    ask(wanted: RefreshInput): Promise<void>;
  };
  /** Absent: nobody traces. */
  readonly tracing?: Tracing | undefined;
  readonly settingsOf: (sourceId: string) => SourceSettings | undefined;
  /** Has an emergency silenced this bot on this source? @throws when it cannot be known */
  readonly emergencies: { isInForce(voice: Voice): Promise<boolean> };
  readonly runningThreads: {
    find(search: ThreadSearch, limit: number): Promise<readonly string[]>;
    count(search: ThreadSearch): Promise<number>;
    /** Never throws: what went wrong is the answer. */
    ask(asked: AskToMove): Promise<MoveAnswer>;
  };
  readonly threadsToBackfill: ThreadsToBackfill;
  /** Where attention is told; absent: nowhere. */
  readonly alerts?: AlertWebhook | undefined;
  /** Who else waits for a human on a source. */
  readonly waitingLine: { look(input: FindPlaceInput): Promise<WaitingLine> };
  /** Facebook, where a source has Messenger; and who follows its customers. */
  readonly messenger: MessengerClient | undefined;
  readonly messengerCustomers: FollowCustomer;
};

export type FollowCustomer = {
  follow(by: {
    readonly pageId: string;
    readonly customerId: string;
    readonly domainId: string;
    readonly threadId: string;
  }): Promise<void>;
};

/** Whose bot would speak, where, by their names in `baton.config.ts`. */
export type Voice = { readonly sourceName: string; readonly botName: string };

/** How long it is open, and whether and among whom is asked who is there. */
export type OpenDesk = Omit<Availability, 'agents'> & {
  readonly ask: 'always' | 'whenRealtime' | 'never';
  readonly teamIds: readonly string[];
};

export type AskToMove = CommandInput & {
  readonly workflowId: string;
  readonly updateId: string;
  readonly way: Way;
};

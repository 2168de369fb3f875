/** The ports of activities: the platform, the bots, the business's settings. */
import type { AlertWebhook } from '../runtime/alert-webhook.js';
import type { Question } from '../bots/answer-token.js';
import type { Bot } from '../bots/bot.js';
import type { EngageClient } from '../engage/client.js';
import type { MessengerClient } from '../engage/messenger/client.js';
import type { AgentStatus } from '../engage/people-resources.js';
import type {
  MoveAnswer,
  RunEnded,
  EndedBetween,
  ThreadSearch,
  Way,
} from '../workflows/contract/index.js';
import type { Tracing } from '../runtime/tracing/tracing.js';
import type { SourceSettings } from '../workflows/contract/source-settings.js';
import type { RefreshInput, SourceFact, WhoMayAnswer } from '../workflows/contract/directory.js';
import type {
  CheckAvailabilityInput,
  Availability,
  FindQueuePositionInput,
  WaitingLine,
} from '../workflows/contract/work.js';
import type { SourceSdkPorts } from './source-sdk/ports.js';
import type { ThreadsToBackfill } from './reconcile/ports.js';
import type { CommandInput } from '../workflows/contract/commands.js';

export type Ports = SourceSdkPorts & {
  readonly engage: EngageClient;
  readonly bots: ReadonlyMap<string, Bot>;
  /** URL for deferred answers of a bot; absent: bots answer at once. */
  readonly answerUrl?: (question: Question) => string;
  /** Business hours of a source, and how its agents are looked up; `undefined`: unknown source. */
  readonly availabilityOf: (input: CheckAvailabilityInput) => AvailabilityRules | undefined;
  /** Agents connected and able to take a thread there; at most some seconds old. */
  readonly agentsAt: (input: CheckAvailabilityInput) => Promise<readonly AgentStatus[]>;
  /** The directory as last read; `undefined` until it has been read. */
  readonly directory: {
    source(sourceId: string): Promise<SourceFact | undefined>;
    mayAnswer(question: WhoMayAnswer): Promise<readonly string[] | undefined>;
    ask(wanted: RefreshInput): Promise<void>;
  };
  /** Absent: tracing is off. */
  readonly tracing?: Tracing | undefined;
  readonly settingsOf: (sourceId: string) => SourceSettings | undefined;
  /** True if an emergency has silenced this bot on this source. @throws if the state cannot be read */
  readonly emergencies: { isInForce(voice: Voice): Promise<boolean> };
  readonly runningThreads: {
    find(search: ThreadSearch, limit: number): Promise<readonly string[]>;
    count(search: ThreadSearch): Promise<number>;
    /** Never throws: a failure is part of the answer. */
    ask(asked: AskToMove): Promise<MoveAnswer>;
  };
  readonly threadsToBackfill: ThreadsToBackfill;
  readonly endedRuns: {
    before(run: { workflowId: string; runId: string }): Promise<RunEnded | undefined>;
    rebuild(
      ended: EndedBetween,
    ): AsyncIterable<{ workflowId: string; isRebuilt: boolean; failure?: string }>;
  };
  /** Where alerts are sent; absent: nowhere. */
  readonly alerts?: AlertWebhook | undefined;
  /** The customers who wait for a human on a source. */
  readonly waitingLine: { look(input: FindQueuePositionInput): Promise<WaitingLine> };
  /** Facebook's client, on sources with Messenger; and the subscriptions of threads to its customers. */
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

/** The bot and the source that would speak, by their names in `baton.config.ts`. */
export type Voice = { readonly sourceName: string; readonly botName: string };

/** Business hours, and whether and how connected agents are looked up. */
export type AvailabilityRules = Omit<Availability, 'agents'> & {
  readonly ask: 'always' | 'whenRealtime' | 'never';
  readonly teamIds: readonly string[];
};

export type AskToMove = CommandInput & {
  readonly workflowId: string;
  readonly updateId: string;
  readonly way: Way;
};

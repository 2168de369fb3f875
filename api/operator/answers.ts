/**
 * Types of the operator API's answers, shared by routes, console and command line. All times are ISO 8601.
 * Only a timeline contains what people wrote.
 */
import type { BotStatus } from '../../bots/health.js';
import type { Role } from '../../settings/operators.js';
import type {
  OutcomeOfSilence,
  Phase,
  runEnds,
  Speaker,
  ThreadCard,
} from '../../workflows/contract/index.js';

export type { Moment, PhaseEntry, Timeline } from '../timeline/shapes.js';

export type { Role } from '../../settings/operators.js';

export type Me = {
  readonly name: string;
  readonly role: Role;
  /** Names of the sources the operator may see and act on, or all of them. */
  readonly sources: 'all' | readonly string[];
  /** Uses a token that several people share: each command then names its author in `by`. */
  readonly isShared: boolean;
  /** CSRF token: a browser session sends it as `x-baton-csrf` with every method but GET. */
  readonly csrf?: string;
};

/** One line of a list, from Temporal's searches, which lag behind a little. */
export type ThreadLine = {
  /** `{domainId}:{threadId}`, the `:id` of other routes. */
  readonly id: string;
  readonly source: string;
  readonly phase: Phase;
  /** A code such as `customerAsked`. */
  readonly reason: string | null;
  /** Start of the current phase; null in lines of threads of an earlier version. */
  readonly since: string | null;
  readonly attention: boolean;
  /** Who must speak next; null for a closed thread without attention. */
  readonly next: ListedSpeaker | null;
};
export type ListedSpeaker = {
  /**
   * `operator`: attention is raised, a person must look. In a list `customer` also stands for a turn of the
   * bot that has lasted less than a minute.
   */
  readonly who: Speaker;
  /** In a list only while a message of the customer is unanswered. */
  readonly since: string | null;
};
export type ThreadList = {
  readonly threads: readonly ThreadLine[];
  /** For `?page=`; null on the last page. */
  readonly next: string | null;
};

/** Broken threads: stuck, or their run was ended. */
export type BrokenList = {
  readonly threads: readonly {
    readonly id: string;
    /** Null: it was stuck before its first step. */
    readonly source: string | null;
    /** `stuck`: its workflow task fails again and again; otherwise how its run was ended. */
    readonly is: 'stuck' | (typeof runEnds)[number];
    /** When the task first failed, or the run was ended; ISO 8601. */
    readonly since: string | null;
    /** Why the task fails, such as `NON_DETERMINISTIC_ERROR`, and how often it was tried. */
    readonly cause: string | null;
    readonly attempts: number | null;
  }[];
  /** Threads of this page, broken or not. */
  readonly lookedAt: number;
  readonly next: string | null;
};

export type CommandName = ThreadCard['commands'][number];

export type NextSpeaker = {
  readonly who: Speaker;
  /** When the oldest unanswered message arrived; if none is unanswered, when the waiting began. */
  readonly since: string;
  /** Number of the customer's messages that nobody has answered. */
  readonly unanswered: number;
  /** What happens if nobody speaks. `at`: null unless `what` is a deadline; `words`: in plain words. */
  readonly then: {
    readonly what: OutcomeOfSilence;
    readonly at: string | null;
    readonly words: string;
  };
};

export type ThreadView = Omit<ThreadLine, 'next'> & {
  readonly next: NextSpeaker | null;
  /** False: the workflow run has ended, the next content starts a new one. No command is possible. */
  readonly isRunning: boolean;
  readonly bot: string;
  readonly botPausedUntil: string | null;
  /** Why the thread is in this state, and what would change it, in plain words. */
  readonly why: string;
  /** What needs attention, in plain words. */
  readonly attentionWhy: string | null;
  /** Nearest first. `words` describes what happens then. */
  readonly deadlines: readonly {
    readonly name: string;
    readonly at: string;
    readonly words: string;
  }[];
  /** The activity that runs now, such as `askBot`. */
  readonly doing: string | null;
  readonly waitingContents: number;
  readonly outbox: readonly { readonly key: string; readonly do: string; readonly state: string }[];
  readonly counts: Readonly<Record<string, number>>;
  /** Those that are legal in this phase. */
  readonly commands: readonly CommandName[];
  /** Address of this thread in the Temporal UI, where that is configured. */
  readonly temporalUrl: string | null;
};

/** Numbers of the whole stack: threads from Temporal's searches, the rest from the workers' counters. */
export type Overview = {
  readonly at: string;
  readonly threads: {
    readonly bot: number;
    readonly handover: number;
    readonly agent: number;
    readonly attention: number;
  };
  /** Null: no worker is configured (`BATON_WORKERS_URL`), or none answers. */
  readonly now: Totals | null;
  /** One entry for each sample, oldest first, since this ingress started, at most 720. */
  readonly series: readonly {
    readonly at: string;
    readonly threads: Overview['threads'];
    readonly totals: Totals | null;
  }[];
};

/** Since the workers started; a restarted worker begins at 0. */
export type Totals = {
  readonly turns: number;
  readonly replies: number;
  /** Conversations that ended, and those of them without an agent. */
  readonly ended: number;
  readonly contained: number;
  readonly crossedReplies: number;
  readonly duplicates: number;
  /** By reason. */
  readonly handovers: Readonly<Record<string, number>>;
  /** By phase: number of phases that have ended, and their total length in seconds. */
  readonly phaseSeconds: Readonly<Record<string, { readonly count: number; readonly sum: number }>>;
  /** Customers who waited for an agent until one came. */
  readonly waited: { readonly count: number; readonly sum: number };
  /** Requests to the platform in the last minute, and the limit. */
  readonly budget: { readonly used: number; readonly allowed: number };
};

export type BotsView = {
  readonly bots: readonly {
    readonly name: string;
    readonly sources: readonly string[];
    readonly fallback: string | null;
    /** As each worker reports it. */
    readonly workers: readonly (BotStatus & { readonly worker: string })[];
  }[];
  /** Null: `BATON_WORKERS_URL` is not set. */
  readonly workers: readonly { readonly worker: string; readonly isReachable: boolean }[] | null;
};

/** The error, with the field it concerns, if any. `phase`: for a command that is illegal in this phase. */
export type Failure = {
  readonly error: string;
  readonly message: string;
  readonly phase?: Phase;
  readonly fields?: readonly { readonly field: string; readonly problem: string }[];
};

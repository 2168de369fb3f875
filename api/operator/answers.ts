/**
 * What the operator API answers, as data: shared by the routes, the console and the command line. All
 * times are ISO 8601. What people said is only in a timeline.
 */
import type { BotStatus } from '../../bots/health.js';
import type { Role } from '../../settings/operators.js';
import type { Phase, ThreadCard } from '../../workflows/contract/index.js';

export type { Moment, PhaseEntry, Timeline } from '../timeline/shapes.js';

export type { Role } from '../../settings/operators.js';

export type Me = {
  readonly name: string;
  readonly role: Role;
  /** The names of the sources they may see and act on, or all of them. */
  readonly sources: 'all' | readonly string[];
  /** Has the token that several people may have: each command then says `by` whom. */
  readonly isShared: boolean;
  /** What a browser's session sends as `x-baton-csrf` with everything but GET. */
  readonly csrf?: string;
};

/** One line of a list, as Temporal's searches know it: they lag behind a little. */
export type ThreadLine = {
  /** `{domainId}:{threadId}`; what other routes call `:id`. */
  readonly id: string;
  readonly source: string;
  readonly phase: Phase;
  /** A word of the vocabulary, such as `customerAsked`. */
  readonly reason: string | null;
  /** Since when it is in this phase; null in lines of threads of an earlier version. */
  readonly since: string | null;
  readonly attention: boolean;
};
export type ThreadList = {
  readonly threads: readonly ThreadLine[];
  /** For `?page=`; null on the last page. */
  readonly next: string | null;
};

export type CommandName = ThreadCard['commands'][number];

export type ThreadView = ThreadLine & {
  /** False: its run is over, the next content begins a new one. No command is possible. */
  readonly isRunning: boolean;
  readonly bot: string;
  readonly botPausedUntil: string | null;
  /** Why it stands as it stands, and what would change it, in plain words. */
  readonly why: string;
  /** What a person should look at, in plain words. */
  readonly attentionWhy: string | null;
  /** Nearest first. `words` says what happens then. */
  readonly deadlines: readonly {
    readonly name: string;
    readonly at: string;
    readonly words: string;
  }[];
  /** What is being done at this moment, such as `askBot`. */
  readonly doing: string | null;
  readonly waitingContents: number;
  readonly owed: readonly { readonly key: string; readonly do: string; readonly state: string }[];
  readonly counts: Readonly<Record<string, number>>;
  /** Those that are legal in this phase. */
  readonly commands: readonly CommandName[];
  /** Of this thread in the Temporal UI, where its address is known. */
  readonly temporalUrl: string | null;
};

/** The whole house in numbers: threads by Temporal's searches, the rest from the workers' counters. */
export type Overview = {
  readonly at: string;
  readonly threads: {
    readonly bot: number;
    readonly handover: number;
    readonly agent: number;
    readonly attention: number;
  };
  /** Null: no worker is known (`BATON_WORKERS_URL`), or none answers. */
  readonly now: Totals | null;
  /** One for each look, oldest first, since this ingress began and at most 720 of them. */
  readonly series: readonly {
    readonly at: string;
    readonly threads: Overview['threads'];
    readonly totals: Totals | null;
  }[];
};

/** Since the workers began; a worker that begins anew begins at 0. */
export type Totals = {
  readonly turns: number;
  readonly replies: number;
  /** Conversations that ended, and those of them in which no human was needed. */
  readonly ended: number;
  readonly contained: number;
  readonly crossedReplies: number;
  readonly duplicates: number;
  /** By reason. */
  readonly handovers: Readonly<Record<string, number>>;
  /** By phase: how many stretches have ended, and how many seconds they took in all. */
  readonly phaseSeconds: Readonly<Record<string, { readonly count: number; readonly sum: number }>>;
  /** Customers who waited for a human until one came. */
  readonly waited: { readonly count: number; readonly sum: number };
  /** Requests to the platform in the last minute, and how many it allows. */
  readonly budget: { readonly used: number; readonly allowed: number };
};

export type BotsView = {
  readonly bots: readonly {
    readonly name: string;
    readonly sources: readonly string[];
    readonly fallback: string | null;
    /** As each worker knows it. */
    readonly workers: readonly (BotStatus & { readonly worker: string })[];
  }[];
  /** Null: `BATON_WORKERS_URL` is not set. */
  readonly workers: readonly { readonly worker: string; readonly isReachable: boolean }[] | null;
};

/** What is wrong, and with which field where it is a field. `phase`: of a command that is illegal there. */
export type Failure = {
  readonly error: string;
  readonly message: string;
  readonly phase?: Phase;
  readonly fields?: readonly { readonly field: string; readonly problem: string }[];
};

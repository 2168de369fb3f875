/** Types of the controls' answers, as far as the page uses them. */
export type { ThreadRecord } from '../control-client.js';

export type ThreadLine = {
  readonly id: string;
  readonly source: string;
  readonly customer: string;
  readonly categories: readonly string[];
  readonly last_content_at: string;
  readonly last: { readonly by: string; readonly body: string } | null;
  readonly locked: boolean;
  readonly intervention: {
    readonly is: 'open' | 'deferred' | 'closed';
    readonly agent: string;
  } | null;
};
export type ThreadLines = { readonly threads: readonly ThreadLine[] };

/** One phase of a thread; the last one is the current phase. */
export type PhaseEntry = {
  readonly phase: string;
  readonly from: string;
  readonly to: string | null;
  readonly why: string;
};

/** Part of Baton's answer. */
export type BatonAnswer = {
  readonly timeline: {
    readonly now: string;
    readonly why: string;
    readonly phases: readonly PhaseEntry[];
  };
  readonly thread: {
    readonly deadlines: readonly { readonly at: string; readonly words: string }[];
    readonly temporalUrl: string | null;
  };
  readonly consoleUrl: string;
};

export type Faults = Readonly<Record<string, unknown>>;
/** By agent, then by channel; without a status: not connected. */
export type AgentStatuses = Readonly<
  Record<string, Readonly<Record<string, { readonly status: string | null }>>>
>;

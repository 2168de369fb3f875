/** Answers of operator routes without a type in `api/operator/answers.ts`. */
import type {
  DirectoryView,
  ReconcileReport,
  Scope,
} from '../../../../workflows/contract/index.js';

/** The available ways to log in. */
export type Ways = {
  readonly token: boolean;
  readonly oidc: { readonly name: string; readonly url: string } | null;
};

export type SourceLine = {
  readonly name: string;
  readonly bot: string;
  /** Other bots that answer there. */
  readonly others: readonly string[];
};

type Phases = { readonly bot: number; readonly handover: number; readonly agent: number };

/** What declaring or ending an emergency would do. */
export type DryRun = {
  readonly scope: Scope;
  readonly isInForce: boolean;
  readonly wouldMove?: number;
  readonly wouldReturn?: number;
  readonly sources: readonly {
    readonly source: string;
    readonly bot: string;
    readonly wouldMove?: number;
    readonly wouldReturn?: number;
    readonly phases?: Phases;
  }[];
};

export type ReconcilerReport = Pick<ReconcileReport, 'isComplete' | 'webhook' | 'findings'> & {
  readonly at: string;
  readonly backfilled: ReconcileReport['backfilled'];
};

/** Null: the directory has never been requested. */
export type DirectoryAnswer = { readonly directory: DirectoryView | null };

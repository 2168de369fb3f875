/** Answers of the operator's routes that have no type of their own in `api/operator/answers.ts`. */
import type {
  DirectoryView,
  ReconcileReport,
  Scope,
} from '../../../../workflows/contract/index.js';

/** In what ways one may log in. */
export type Ways = {
  readonly token: boolean;
  readonly oidc: { readonly name: string; readonly url: string } | null;
};

export type SourceLine = {
  readonly name: string;
  readonly bot: string;
  /** Who else answers there. */
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

/** Null: nobody has ever asked for it. */
export type DirectoryAnswer = { readonly directory: DirectoryView | null };

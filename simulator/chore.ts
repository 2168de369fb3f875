/** A deferred action of the platform. */
export type Chore =
  | { due: number; do: 'export'; content_id: string; attempt?: number }
  | { due: number; do: 'lockThread'; thread_id: string; user_id: string }
  | { due: number; do: 'openThread'; thread_id: string; user_id: string }
  | { due: number; do: 'lockForgotten'; thread_id: string }
  | { due: number; do: 'reactivate'; intervention_id: string };

/** Kills on a cluster, one after the other, at fixed shares of all turns: customers wait during each. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../harness/program.js';
import type { Production } from '../cluster/production.js';

export type Kill = { readonly whom: string; readonly programs: readonly Program[] };

/** Milliseconds between a kill and the next start. */
const away = 2_000;

/** PostgreSQL and Temporal four times each, in turn and both at once; each worker and ingress once. */
export function killsOf({ cluster, workers, ingresses }: Production): readonly Kill[] {
  const { program: database } = cluster.postgres;
  const { program: server } = cluster.temporal;
  const kill = (...programs: readonly Program[]): Kill => {
    return { whom: programs.map(({ name }) => name).join(' with '), programs };
  };
  return [
    ...[kill(database), kill(server)],
    ...workers.flatMap((worker) => [kill(worker), kill(database), kill(server)]),
    ...ingresses.map((ingress) => kill(ingress)),
    kill(database, server),
  ];
}

export class Kills {
  readonly #plan: readonly Kill[];
  readonly #every: number;
  #striking: Promise<unknown> = Promise.resolve();
  readonly struck: Kill[] = [];
  /** Milliseconds that each start took. */
  readonly back: number[] = [];

  constructor(plan: readonly Kill[], turns: number) {
    this.#plan = plan;
    this.#every = turns / (plan.length + 1);
  }

  /** Starts the next kill when enough turns are over and the processes killed before run again. */
  strikeAt(done: number): void {
    const next = this.#plan[this.struck.length];
    if (!next || done < this.#every * (this.struck.length + 1)) return;
    this.struck.push(next);
    this.#striking = this.#striking.then(() => this.#strike(next));
    // `over` throws the error.
    this.#striking.catch(() => undefined);
  }

  async #strike({ programs }: Kill): Promise<void> {
    const began = performance.now();
    await Promise.all(programs.map((program) => program.kill()));
    await pause(away);
    // In order: a server ends without its database.
    for (const program of programs) await program.start();
    this.back.push(performance.now() - began - away);
  }

  /** Resolves when every killed process runs again. @throws when one does not start */
  over(): Promise<unknown> {
    return this.#striking;
  }
}

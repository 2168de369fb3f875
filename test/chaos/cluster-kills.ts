/** Kills, one after the other, paced by the turns of customers: each strikes while somebody waits. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../harness/program.js';
import type { Production } from '../cluster/production.js';

export type Kill = { readonly whom: string; readonly programs: readonly Program[] };

/** So long what was killed is away, in milliseconds. */
const away = 2_000;

/** PostgreSQL and Temporal in turn and at once, four times each; each worker and ingress once. */
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
  /** How long each took to be back, in milliseconds. */
  readonly back: number[] = [];

  constructor(plan: readonly Kill[], turns: number) {
    this.#plan = plan;
    this.#every = turns / (plan.length + 1);
  }

  /** The next one, when it is its turn; the one before has come back by then. */
  strikeAt(done: number): void {
    const next = this.#plan[this.struck.length];
    if (!next || done < this.#every * (this.struck.length + 1)) return;
    this.struck.push(next);
    this.#striking = this.#striking.then(() => this.#strike(next));
    // Whoever waits for the end hears of it.
    this.#striking.catch(() => undefined);
  }

  async #strike({ programs }: Kill): Promise<void> {
    const began = performance.now();
    await Promise.all(programs.map((program) => program.kill()));
    await pause(away);
    // In order: a server without its database gives up.
    for (const program of programs) await program.start();
    this.back.push(performance.now() - began - away);
  }

  /** @throws when something did not come back */
  over(): Promise<unknown> {
    return this.#striking;
  }
}

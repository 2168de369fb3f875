/**
 * Holds calls on a wire, so that a fault strikes while a process is exactly at a named point: it has sent a
 * request and has no answer. Nothing in Baton knows of it.
 */
import { EventEmitter, once } from 'node:events';

/** A call that passes the gate as a request, and again as its answer. */
export type Passing = {
  /** `POST /content_threads/1`, or a method of Temporal: `RespondActivityTaskCompleted`. */
  readonly call: string;
  readonly going: 'request' | 'answer';
  /** Body of the request, for answers too. */
  readonly body: Buffer;
};

/** What becomes of a held call. */
type Fate = 'goes on' | 'is lost';

/** Milliseconds; it only ends a run in which no call came. */
const timeout = 180_000;

export class Gate {
  #isHeld: ((passing: Passing) => boolean) | undefined;
  #held: { readonly going: Passing['going']; readonly end: (fate: Fate) => void }[] = [];
  readonly #news = new EventEmitter();

  /** Holds matching calls from now on. */
  shut(isHeld: (passing: Passing) => boolean): void {
    this.#isHeld = isHeld;
  }

  /** For the wire: resolves when the call may go on. @throws when it is lost */
  async pass(passing: Passing): Promise<void> {
    if (!this.#isHeld?.(passing)) return;
    const fate = await new Promise<Fate>((end) => {
      this.#held.push({ going: passing.going, end });
      this.#news.emit('held');
    });
    if (fate === 'is lost') throw new Error('lost on the way');
  }

  /** Resolves with the number of held calls: `wanted`, or those that came soon after the first. @throws when none came */
  async untilHeld(wanted: number, soon = 700): Promise<number> {
    await firstHeld([{ gate: this }]);
    await this.untilSoMany(wanted, AbortSignal.timeout(soon));
    return this.#held.length;
  }

  /** Resolves when this number of calls is held, or the signal is aborted. */
  async untilSoMany(count: number, signal: AbortSignal): Promise<void> {
    while (this.#held.length < count && !signal.aborted) {
      await once(this.#news, 'held', { signal }).catch(() => undefined);
    }
  }

  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** Opens it, for all calls or in one direction only: held calls go on, or are lost. */
  open(fate: Fate, only?: Passing['going']): void {
    const isMeant = ({ going }: Pick<Passing, 'going'>) => only === undefined || going === only;
    const isHeld = this.#isHeld;
    this.#isHeld = only && isHeld && ((passing) => !isMeant(passing) && isHeld(passing));
    const ended = this.#held.filter(isMeant);
    this.#held = this.#held.filter((one) => !isMeant(one));
    for (const { end } of ended) end(fate);
  }
}

/** Resolves with the place at whose gate the first call was held. @throws when none was */
export async function firstHeld<P extends { readonly gate: Gate }>(
  places: readonly P[],
): Promise<P> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(timeout)]);
  await Promise.race(places.map(({ gate }) => gate.untilSoMany(1, signal)));
  over.abort();
  const first = places.find(({ gate }) => gate.isHolding);
  if (!first) throw new Error('no call came to the point where it would be struck');
  return first;
}

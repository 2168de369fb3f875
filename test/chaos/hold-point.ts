/**
 * Where calls are held on their way, so that a fault strikes while a process is exactly at a named point:
 * it has asked and has no answer. The gate is on the wire, so nothing in Baton knows of it.
 */
import { EventEmitter, once } from 'node:events';

/** A call on its way, there (`request`) or back (`answer`). */
export type Passing = {
  /** `POST /content_threads/1`, or the name of a call of Temporal's: `RespondActivityTaskCompleted`. */
  readonly call: string;
  readonly going: 'request' | 'answer';
  /** Of the request, either way. */
  readonly body: Buffer;
};

/** On the wire it goes on, or is lost. */
type Fate = 'goes on' | 'is lost';

/** Milliseconds; only where nothing ever comes is it as long. */
const timeout = 180_000;

export class Gate {
  #isHeld: ((passing: Passing) => boolean) | undefined;
  #held: { readonly going: Passing['going']; readonly end: (fate: Fate) => void }[] = [];
  readonly #news = new EventEmitter();

  /** From now on, what is like this waits here. */
  shut(isHeld: (passing: Passing) => boolean): void {
    this.#isHeld = isHeld;
  }

  /** For the wire: resolves when this may go on. @throws when it is lost */
  async pass(passing: Passing): Promise<void> {
    if (!this.#isHeld?.(passing)) return;
    const fate = await new Promise<Fate>((end) => {
      this.#held.push({ going: passing.going, end });
      this.#news.emit('held');
    });
    if (fate === 'is lost') throw new Error('lost on the way');
  }

  /** Resolves with how many are held: `wanted`, or as many as came soon after the first. @throws when none came */
  async untilHeld(wanted: number, soon = 700): Promise<number> {
    await firstHeld([{ gate: this }]);
    await this.untilSoMany(wanted, AbortSignal.timeout(soon));
    return this.#held.length;
  }

  /** Resolves when so many are held, or the signal is aborted. */
  async untilSoMany(count: number, signal: AbortSignal): Promise<void> {
    while (this.#held.length < count && !signal.aborted) {
      await once(this.#news, 'held', { signal }).catch(() => undefined);
    }
  }

  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** Opens it for all, or for those that go this way: what was held goes on, or is lost. */
  open(fate: Fate, only?: Passing['going']): void {
    const isMeant = ({ going }: Pick<Passing, 'going'>) => only === undefined || going === only;
    const isHeld = this.#isHeld;
    this.#isHeld = only && isHeld && ((passing) => !isMeant(passing) && isHeld(passing));
    const ended = this.#held.filter(isMeant);
    this.#held = this.#held.filter((one) => !isMeant(one));
    for (const { end } of ended) end(fate);
  }
}

/** Resolves with the place to whose gate something came first. @throws when nothing came to any */
export async function firstHeld<P extends { readonly gate: Gate }>(
  places: readonly P[],
): Promise<P> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(timeout)]);
  await Promise.race(places.map(({ gate }) => gate.untilSoMany(1, signal)));
  over.abort();
  const first = places.find(({ gate }) => gate.isHolding);
  if (!first) throw new Error('nothing came to the point where it would be struck');
  return first;
}

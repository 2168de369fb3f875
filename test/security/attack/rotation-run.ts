/**
 * The webhook's secret changed under traffic that never pauses, in the order of docs/operations/settings.md:
 * ingresses that know both, one after the other; the platform; and, when deliveries with the old one have
 * ceased, ingresses that know the new one alone. Real ingresses on ports; Temporal is whoever says yes.
 */
import { createApp } from '../../../api/app.js';
import { createLog } from '../../../runtime/log.js';
import { listen, type Listening } from '../../../runtime/listen.js';
import { contentImported, deliveryHeaders, deliveryOf } from '../../harness/delivery.js';

export type Rotated = {
  /** How many deliveries were answered so, by status. */
  readonly answers: ReadonlyMap<number, number>;
};

export type RotationOptions = {
  /** Deliveries in each of the five steps, at least. */
  readonly each: number;
  /** False, for the negative control: the new ingresses do not know the old secret. */
  readonly knowsPrevious: boolean;
};

const [old, fresh] = ['secret-before-the-change', 'secret-after-the-change'];
const senders = 8;

export async function rotate({ each, knowsPrevious }: RotationOptions): Promise<Rotated> {
  const traffic = new Traffic();
  const both = knowsPrevious ? [fresh, old] : [fresh];
  const [first, second] = [await openIngress([old]), await openIngress([old])];
  traffic.to = [first, second];
  traffic.secrets = [old];
  traffic.begin();
  await traffic.more(each);

  const [third, fourth] = [await openIngress(both), await openIngress(both)];
  traffic.to = [third, second];
  await traffic.leave(first);
  await traffic.more(each);
  traffic.to = [third, fourth];
  await traffic.leave(second);

  // The platform changes; what it sends again may still have the old one.
  traffic.secrets = [fresh, old];
  await traffic.more(each);
  traffic.secrets = [fresh];
  await traffic.more(each);

  const last = await openIngress([fresh]);
  traffic.to = [last];
  await Promise.all([traffic.leave(third), traffic.leave(fourth)]);
  await traffic.more(each);
  await traffic.end();
  await last.close();
  return { answers: traffic.answers };
}

function openIngress(webhookSecrets: readonly string[]): Promise<Listening> {
  const app = createApp({
    threads: {
      accept: () => Promise.resolve('accepted'),
      obstacles: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    },
    webhookSecrets,
    verifyToken: 'verify-token',
    isOurs: () => true,
    log: createLog('api', 'silent'),
  });
  return listen(app, { hostname: '127.0.0.1', port: 0, setting: 'no setting' });
}

/** Some senders that never rest; each delivery goes to one of the ingresses, with one of the secrets. */
class Traffic {
  to: readonly Listening[] = [];
  secrets: readonly string[] = [];
  readonly answers = new Map<number, number>();
  #count = 0;
  #isOver = false;
  readonly #onWay = new Map<Listening, Set<Promise<void>>>();
  #waiting: { readonly count: number; readonly go: () => void }[] = [];
  #loops: Promise<void>[] = [];

  begin(): void {
    this.#loops = Array.from({ length: senders }, () => this.#loop());
  }

  /** Resolves when so many more were answered. */
  more(deliveries: number): Promise<void> {
    const count = this.#count + deliveries;
    return new Promise((go) => this.#waiting.push({ count, go }));
  }

  /** Nothing goes there any more: what is on its way is answered, and it ends. */
  async leave(ingress: Listening): Promise<void> {
    await Promise.all(this.#onWay.get(ingress) ?? new Set<Promise<void>>());
    await ingress.close();
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
  }

  async #loop(): Promise<void> {
    while (!this.#isOver) {
      this.#count += 1;
      const ingress = this.to[this.#count % this.to.length];
      const secret = this.secrets[Math.floor(this.#count / 3) % this.secrets.length];
      if (!ingress || secret === undefined) return;
      const sent = this.#send(ingress, secret);
      const others = this.#onWay.get(ingress) ?? new Set();
      this.#onWay.set(ingress, others.add(sent));
      await sent;
      others.delete(sent);
      for (const { go } of this.#waiting.filter(({ count }) => count <= this.#count)) go();
      this.#waiting = this.#waiting.filter(({ count }) => count > this.#count);
    }
  }

  async #send({ port }: Listening, secret: string): Promise<void> {
    const number = this.#count;
    const event = contentImported({ id: `${number}`, threadId: `t-${number % 20}` });
    const answer = await fetch(`http://127.0.0.1:${port}/webhooks/engage`, {
      method: 'POST',
      headers: deliveryHeaders(secret),
      body: JSON.stringify(deliveryOf([event])),
    });
    await answer.arrayBuffer();
    this.answers.set(answer.status, (this.answers.get(answer.status) ?? 0) + 1);
  }
}

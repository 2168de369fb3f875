/** A delivery with one content, as the platform sends it, and sending it as cheaply as Node can. */
import { Agent, request } from 'node:http';
import { groupByThread } from '../../api/webhook/group-by-thread.js';
import { parseDelivery } from '../../engage/webhook.js';
import { secrets } from '../../local/baton.js';
import { categories, domainId, sources } from '../../simulator/seed.js';
import type { EngageEvent } from '../../workflows/contract/index.js';
import type { Stage } from './bench.js';

export type GivenDelivery = {
  readonly threadId: string;
  /** As it travels. */
  readonly body: string;
  /** As a thread hears of it. */
  readonly events: readonly EngageEvent[];
};

/** @param number tells it from all others: a customer of its own, and a thread unless one is given */
export function rawDelivery(number: string, body: string, threadId = `ack-${number}`) {
  const metadata = {
    ...{ thread_id: threadId, source_id: sources.chat, author_id: `customer-${number}`, body },
    ...{ category_ids: [categories.bot], private: true, has_attachment: false, status: 'new' },
  };
  const event = {
    ...{ type: 'content.imported', id: `event-${number}`, issued_at: new Date().toISOString() },
    resource: { type: 'content', id: `content-${number}`, metadata },
  };
  return { id: `delivery-${number}`, domain_id: domainId, events: [event] };
}

export function deliveryOf(...of: Parameters<typeof rawDelivery>): GivenDelivery {
  const raw = rawDelivery(...of);
  const parsed = parseDelivery(raw);
  const [group] = 'events' in parsed ? groupByThread(parsed, () => true) : [];
  if (!group) throw new Error('the delivery is not one');
  return { threadId: group.threadId, body: JSON.stringify(raw), events: group.events };
}

export function openAgent(stage: Stage, maxSockets = Infinity): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets });
  stage.atTheEnd(() => {
    agent.destroy();
    return Promise.resolve();
  });
  return agent;
}

/** With Node's own client: `fetch` costs several times as much. @returns the status @throws without one */
export function send(url: string, agent: Agent, body: string, within = 30_000): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-dimelo-secret': secrets.BATON_WEBHOOK_SECRET,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? NaN));
    });
    sent.setTimeout(within, () => sent.destroy(new Error('no answer in time')));
    sent.once('error', (error: NodeJS.ErrnoException) => {
      // A kept connection that the other side had just closed: nothing was taken from it.
      if (sent.reusedSocket && error.code === 'ECONNRESET') {
        resolve(send(url, agent, body, within));
      } else reject(error);
    });
    sent.end(body);
  });
}

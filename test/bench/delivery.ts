/** Deliveries of one content for benches, and a sender that costs as little as Node allows. */
import { Agent, request } from 'node:http';
import { groupByThread } from '../../api/webhook/group-by-thread.js';
import { parseDelivery } from '../../engage/webhook.js';
import type { EngageEvent } from '../../workflows/contract/index.js';
import { contentImported, deliveryHeaders, deliveryOf } from '../harness/delivery.js';
import type { Context } from './bench.js';

export type GivenDelivery = {
  readonly threadId: string;
  /** The delivery's body. */
  readonly body: string;
  /** As a thread receives them. */
  readonly events: readonly EngageEvent[];
};

/** @param id of a new customer, and of a new thread unless one is given */
export function rawDelivery(id: string, body: string, threadId = `ack-${id}`) {
  return deliveryOf([contentImported({ id, threadId, body })], `delivery-${id}`);
}

/** A delivery, and what the ingress makes of it. */
export function givenDelivery(...of: Parameters<typeof rawDelivery>): GivenDelivery {
  const raw = rawDelivery(...of);
  const parsed = parseDelivery(raw);
  const [group] = 'events' in parsed ? groupByThread(parsed, () => true) : [];
  if (!group) throw new Error('the delivery is not accepted');
  return { threadId: group.threadId, body: JSON.stringify(raw), events: group.events };
}

export function openAgent(context: Context, maxSockets = Infinity): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets });
  context.atTheEnd(() => {
    agent.destroy();
    return Promise.resolve();
  });
  return agent;
}

/** Sends with `node:http`: `fetch` costs several times as much. @returns the status @throws without an answer */
export function send(url: string, agent: Agent, body: string, within = 30_000): Promise<number> {
  const headers = {
    ...deliveryHeaders(),
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? NaN));
    });
    sent.setTimeout(within, () => sent.destroy(new Error('no answer in time')));
    sent.once('error', (error: NodeJS.ErrnoException) => {
      // The server had just closed this kept connection and has read nothing of the request.
      if (sent.reusedSocket && error.code === 'ECONNRESET') {
        resolve(send(url, agent, body, within));
      } else reject(error);
    });
    sent.end(body);
  });
}

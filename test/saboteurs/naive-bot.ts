/**
 * The way bots are usually connected: the webhook's handler asks the bot, posts the answer, and then
 * acknowledges. It remembers nothing. The tests that prove one reply must fail with it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo, scriptSchema } from '../../bots/adapters/scripted/index.js';
import { createEngageClient } from '../../engage/client.js';
import { parseDelivery } from '../../engage/webhook.js';
import { script } from '../support/test-config.js';

export type NaiveBot = {
  readonly webhookUrl: string;
  connect(engageUrl: string): void;
  close(): void;
};

export async function startNaiveBot(token: string): Promise<NaiveBot> {
  let engage = createEngageClient({ url: 'http://127.0.0.1:9', token, timeout: 2_000 });
  const parsed = scriptSchema.parse(script);

  async function handle(body: string): Promise<void> {
    const delivery = parseDelivery(JSON.parse(body));
    if (!('events' in delivery)) return;
    for (const event of delivery.events) {
      if (event.type !== 'content.imported' || event.about !== 'content') continue;
      const content = {
        id: event.resourceId,
        body: event.metadata.body ?? '',
        hasAttachment: false,
      };
      const memory = { hasGreeted: true };
      for (const reply of answerTo({ burst: [content], memory }, parsed).replies) {
        await engage.createReply({ inReplyToId: content.id, body: reply.body, isPrivate: true });
      }
    }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://naive');
    if (request.method === 'GET') return response.end(url.searchParams.get('hub.challenge'));
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      handle(body).then(
        () => response.end(),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    connect: (url) => {
      engage = createEngageClient({ url, token, timeout: 2_000 });
    },
    close: () => void server.close(),
  };
}

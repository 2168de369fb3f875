/**
 * A kit bot the way it is usually run: the webhook's handler hands each event to the bot, whose client
 * posts at once, and then acknowledges. It remembers nothing. What Baton is compared with.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngageClient } from '../../engage/client.js';

type Said = { readonly body: string };
type Event = { readonly type: string; readonly resource: { readonly id: string } };
type Given = { readonly event: Event; readonly client: object; readonly handled: unknown };
type Heard = { onEvent(given: Given): Promise<unknown> };
type KitBot = Heard & { readonly skills?: readonly Heard[] };

export type BareKit = {
  readonly webhookUrl: string;
  connect(engageUrl: string): void;
  close(): void;
};

export async function startBareKit(module: URL, token: string): Promise<BareKit> {
  const { default: bot } = (await import(module.href)) as { default: KitBot };
  let engage = createEngageClient({ url: 'http://127.0.0.1:9', token, timeout: 2_000 });
  const client = {
    reply: ({ resource }: Event, { body }: Said) =>
      engage.createReply({ inReplyToId: resource.id, body, isPrivate: true }),
  };

  async function handle(body: string): Promise<void> {
    for (const event of (JSON.parse(body) as { events: readonly Event[] }).events) {
      if (event.type !== 'content.imported') continue;
      let handled: unknown = false;
      for (const skill of bot.skills ?? []) {
        const returned = await skill.onEvent({ event, client, handled });
        handled = handled || returned;
      }
      await bot.onEvent({ event, client, handled });
    }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://bare');
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

/**
 * How chatbots are usually connected: a web handler that asks the bot and posts its replies. It answers the
 * delivery last, which is right, or first, which is fast. It keeps no record and has no queue. It uses
 * `node:http`, because a framework would only add cost.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type ToPlainHandler = {
  readonly port: number;
  readonly engageUrl: string;
  readonly accessToken: string;
  readonly secret: string;
  readonly botUrl: string;
  readonly answers: 'last' | 'first';
};
export type FromPlainHandler = 'ready';

type Delivery = {
  readonly events: readonly {
    readonly type: string;
    readonly resource: { readonly id: string; readonly metadata: { readonly body?: string } };
  }[];
};

process.once('message', start);
process.once('disconnect', () => process.exit());

function start(options: ToPlainHandler): void {
  const server = createServer((request, response) => {
    if (request.method === 'GET') agree(request, response);
    else receive(request, response, options).catch(() => response.writeHead(500).end());
  });
  server.listen(options.port, '127.0.0.1', () =>
    process.send?.('ready' satisfies FromPlainHandler),
  );
}

function agree(request: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  response.end(searchParams.get('hub.challenge'));
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  options: ToPlainHandler,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (request.headers['x-dimelo-secret'] !== options.secret)
    return void response.writeHead(401).end();
  const { events } = JSON.parse(Buffer.concat(chunks).toString()) as Delivery;
  if (options.answers === 'first') response.end('ok');
  for (const { type, resource } of events) {
    if (type === 'content.imported')
      await reply(resource.id, resource.metadata.body ?? '', options);
  }
  if (options.answers === 'last') response.end('ok');
}

async function reply(contentId: string, body: string, options: ToPlainHandler): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const turn = { burst: [{ id: contentId, body, hasAttachment: false }] };
  const asked = await fetch(options.botUrl, {
    method: 'POST',
    headers,
    body: JSON.stringify(turn),
  });
  const { replies } = (await asked.json()) as { readonly replies: readonly { body: string }[] };
  for (const said of replies) {
    const answer = await fetch(`${options.engageUrl}/1.0/contents`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${options.accessToken}` },
      body: JSON.stringify({ in_reply_to_id: contentId, body: said.body, private: true }),
    });
    await answer.text();
    if (!answer.ok) throw new Error(`the platform answered ${answer.status}`);
  }
}

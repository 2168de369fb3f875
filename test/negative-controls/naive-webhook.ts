/**
 * A webhook as it is usually written: everything is done in the handler, and acknowledged at its end. It
 * remembers nothing.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngageClient, type EngageClient } from '../../engage/client.js';

/** Milliseconds; long enough for a busy machine. */
const timeout = 60_000;

export type NaiveWebhook = {
  readonly webhookUrl: string;
  connect(engageUrl: string): void;
  close(): void;
};

/** `handle` is given each delivery as it came, and the platform it is connected to. */
export async function startNaiveWebhook(
  token: string,
  handle: (body: string, engage: EngageClient) => Promise<void>,
): Promise<NaiveWebhook> {
  let engage = createEngageClient({ url: 'http://127.0.0.1:9', token, timeout });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://naive');
    if (request.method === 'GET') return response.end(url.searchParams.get('hub.challenge'));
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      handle(body, engage).then(
        () => response.end(),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    connect: (url) => {
      engage = createEngageClient({ url, token, timeout });
    },
    close: () => void server.close(),
  };
}

/** A load balancer: each request to the next ingress in turn, and past one that is not there. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RoundRobin = {
  readonly url: string;
  /** Requests that each target has answered, in their order. */
  readonly answered: readonly number[];
  close(): Promise<void>;
};

export async function startRoundRobin(targets: readonly string[]): Promise<RoundRobin> {
  const answered = targets.map(() => 0);
  let turn = 0;

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url = '/' } = incoming;
    const headers = new Headers();
    for (const name of ['content-type', 'x-dimelo-secret']) {
      const value = incoming.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) };
    turn += 1;
    for (let tried = 0; tried < targets.length; tried += 1) {
      const at = (turn + tried) % targets.length;
      const asked = fetch(`${targets[at] ?? ''}${url}`, { method, headers, ...body });
      const answer = await asked.catch(() => undefined);
      if (!answer) continue;
      answered[at] = (answered[at] ?? 0) + 1;
      response.writeHead(answer.status);
      response.end(Buffer.from(await answer.arrayBuffer()));
      return;
    }
    response.writeHead(502).end();
  }

  const server = createServer((incoming, response) => void pass(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** What a model's tools lead to: a server that does each thing once, by its key, and counts. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ToolRequest = {
  readonly method: string | undefined;
  readonly key: string;
  readonly body: unknown;
  readonly isSigned: boolean;
};

export const toolSecret = 'secret-of-the-tool';

export class ToolServer {
  readonly requests: ToolRequest[] = [];
  /** What it answers with. */
  answer: { readonly status: number; readonly body: string } = { status: 200, body: '{"ok":true}' };
  readonly #server = createServer();

  async start(): Promise<this> {
    this.#server.on('request', (incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { headers, method } = incoming;
        const signed = `${String(headers['x-baton-timestamp'])}.${text}`;
        const wanted = createHmac('sha256', toolSecret).update(signed).digest('hex');
        const isSigned = headers['x-baton-signature'] === `v1=${wanted}`;
        const key = String(headers['idempotency-key']);
        this.requests.push({ method, key, body: JSON.parse(text), isSigned });
        response.writeHead(this.answer.status).end(this.answer.body);
      });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/tool`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.closeAllConnections();
      this.#server.close(() => resolve());
    });
  }
}

/**
 * A naive ingress: it answers 200 at once and forwards the delivery afterwards. The delivery is stored nowhere
 * meanwhile, so it is lost when forwarding fails.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HastyIngress = { readonly url: string; close(): Promise<void> };

/** @param target the ingress that does the work */
export async function startHastyIngress(target: string): Promise<HastyIngress> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      response.end();
      const { 'content-type': type = '', 'x-dimelo-secret': secret } = incoming.headers;
      const headers = { 'content-type': type, 'x-dimelo-secret': String(secret) };
      const body = Buffer.concat(chunks);
      void fetch(target, { method: 'POST', headers, body }).catch(() => undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An HTTP server of a role: listens or says which setting moves it, and ends after its last answer. */
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartError } from './start-error.js';

export type Listening = { readonly port: number; close(): Promise<void> };

export function listen(
  app: Pick<Hono, 'fetch'>,
  at: { readonly hostname: string; readonly port: number; readonly setting: string },
): Promise<Listening> {
  const { hostname, port, setting } = at;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, (address) => {
      resolve({ port: address.port, close: () => closeServer(server) });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new StartError(portTaken(port, setting)) : error);
    });
  });
}

export function portTaken(port: number, setting: string): string {
  return `port ${port} is taken: end what listens there, or set ${setting} to a free port`;
}

/** Longer than any answer takes, shorter than an orchestrator's patience. */
const answerWithin = 5_000;

function closeServer(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    if (!('closeAllConnections' in server)) return void server.close(() => resolve());
    // A client that opened a connection and says nothing must not keep the process from ending.
    const impatience = setTimeout(() => server.closeAllConnections(), answerWithin);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * An HTTP server of a role: listens or says which setting moves it, and ends after its last answer. Who is
 * too slow to ask is not waited for.
 */
import { ServerResponse } from 'node:http';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartError } from './start-error.js';

export type Listening = { readonly port: number; close(): Promise<void> };

export type ListenAt = {
  readonly hostname: string;
  readonly port: number;
  /** Which setting moves it. */
  readonly setting: string;
  /** Of every answer, unless it sets them itself. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Milliseconds for a whole request to arrive; its headers have half of them. */
const arrivesWithin = 20_000;
const serverOptions = {
  requestTimeout: arrivesWithin,
  headersTimeout: arrivesWithin / 2,
  connectionsCheckingInterval: 5_000,
};

export function listen(app: Pick<Hono, 'fetch'>, at: ListenAt): Promise<Listening> {
  const { hostname, port, setting, headers = {} } = at;
  return new Promise((resolve, reject) => {
    const { fetch } = app;
    const server = serve({ fetch, hostname, port, serverOptions }, (address) => {
      resolve({ port: address.port, close: () => closeServer(server) });
    });
    const known = new Map(Object.entries(headers));
    // Before the app: its own refusals have them too, and no answer is made slower by being opened again.
    if (known.size > 0) server.prependListener('request', (_, response) => setAll(response, known));
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new StartError(portTaken(port, setting)) : error);
    });
  });
}

export function portTaken(port: number, setting: string): string {
  return `port ${port} is taken: end what listens there, or set ${setting} to a free port`;
}

function setAll(response: unknown, headers: Map<string, string>): void {
  if (response instanceof ServerResponse) response.setHeaders(headers);
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

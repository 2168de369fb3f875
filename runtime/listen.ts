/**
 * The HTTP server of a role: it listens or names the setting that changes its port, and stops after its
 * last answer. Slow clients time out: 10 s for headers, 20 s for the request.
 */
import { ServerResponse } from 'node:http';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartError } from './start-error.js';

export type Listening = { readonly port: number; close(): Promise<void> };

export type ListenAt = {
  readonly hostname: string;
  readonly port: number;
  /** Name of the setting that changes the port. */
  readonly setting: string;
  /** Headers of every answer, unless it sets them itself. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Milliseconds for a whole request to arrive; half of it for its headers. */
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
    // Set before the app runs, so that the server's own refusals have them too, without the cost of modifying
    // answers.
    if (known.size > 0) server.prependListener('request', (_, response) => setAll(response, known));
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new StartError(portTaken(port, setting)) : error);
    });
  });
}

export function portTaken(port: number, setting: string): string {
  return `port ${port} is in use: stop the process that listens there, or set ${setting} to a free port`;
}

function setAll(response: unknown, headers: Map<string, string>): void {
  if (response instanceof ServerResponse) response.setHeaders(headers);
}

/** Milliseconds; longer than any answer takes, shorter than an orchestrator's grace period. */
const answerWithin = 5_000;

function closeServer(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    if (!('closeAllConnections' in server)) return void server.close(() => resolve());
    // An idle connection must not keep the process from ending.
    const impatience = setTimeout(() => server.closeAllConnections(), answerWithin);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

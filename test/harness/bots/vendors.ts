/**
 * Servers that take and answer what the vendors document: Rasa's REST channel, Cognigy's REST endpoint,
 * Dialogflow CX v3. What they would not take, they refuse as the vendors do.
 */
import type { ServerResponse } from 'node:http';
import { startHttpTarget, type Asked, type HttpTarget } from '../http-target.js';

export type Vendor = HttpTarget & {
  /** What it answers next; without more, the last one again. */
  says: (...answers: readonly unknown[]) => void;
  /** The bodies it took. */
  readonly requests: Record<string, unknown>[];
};

type Check = (asked: Asked, body: Record<string, unknown>) => number;

async function startVendor(check: Check): Promise<Vendor> {
  const target = await startHttpTarget();
  const requests: Record<string, unknown>[] = [];
  let answers: unknown[] = [];
  target.answer = (asked: Asked, response: ServerResponse) => {
    const body = JSON.parse(asked.body || '{}') as Record<string, unknown>;
    const status = check(asked, body);
    if (status === 200 && asked.method === 'POST') requests.push(body);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? answer : {}));
  };
  const says = (...next: readonly unknown[]) => void (answers = [...next]);
  return Object.assign(target, { requests, says });
}

const areTexts = (...values: readonly unknown[]) =>
  values.every((value) => typeof value === 'string' && value !== '');

export function startRasa(): Promise<Vendor> {
  return startVendor(({ method, url }, { sender, message }) => {
    if (method !== 'POST' || url !== '/webhooks/rest/webhook') return 404;
    return areTexts(sender, message) ? 200 : 500;
  });
}

export function startCognigy(token: string): Promise<Vendor> {
  return startVendor(({ method, url }, { userId, sessionId, text }) => {
    if (method !== 'POST' || url !== `/${token}`) return 404;
    return areTexts(userId, sessionId, text) ? 200 : 400;
  });
}

export const agent = 'projects/p/locations/europe-west1/agents/a-1';

export function startDialogflow(token: string, of = agent): Promise<Vendor> {
  const session = new RegExp(`^/v3/${of}/sessions/[\\w-]{1,36}:detectIntent$`);
  const operation = /^\/v3\/projects\/p\/locations\/europe-west1\/operations\/[\w-]+$/;
  return startVendor(({ method, url, headers }, { queryInput }) => {
    if (headers.authorization !== `Bearer ${token}`) return 401;
    if (method === 'GET') return operation.test(url) ? 200 : 404;
    if (!session.test(url)) return 404;
    const { text, languageCode } = queryInput as {
      text?: { text?: string };
      languageCode?: string;
    };
    return areTexts(text?.text, languageCode) ? 200 : 400;
  });
}

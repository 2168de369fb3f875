/**
 * The platform's REST interface as a table of answers, for what a simulated account does not do at will: each cause of
 * a refusal, a value that is missing. A real HTTP server with the real client before it; what was asked is kept.
 */
import { createEngageClient, type EngageClient } from '../../engage/client.js';
import { json, startHttpTarget, type Asked } from './http-target.js';

export type Answer = {
  readonly status?: number;
  readonly body?: object;
  readonly headers?: Record<string, string>;
};
/** By method and path below `/1.0`: `GET /content_threads/t`. */
export type Answers = Readonly<Record<string, Answer | ((asked: Asked) => Answer)>>;

export type AnsweringPlatform = {
  readonly engage: EngageClient;
  /** Forgets what it was asked. Whatever is not in the table is unknown: 404. */
  answers(table: Answers): void;
  /** Method and path of each call so far. */
  calls(): readonly string[];
  /** The fields of the last form, or of the last JSON. */
  lastWritten(): Readonly<Record<string, unknown>>;
  close(): Promise<void>;
};

export async function startAnsweringPlatform(): Promise<AnsweringPlatform> {
  const target = await startHttpTarget();
  const { url } = target;
  return {
    engage: createEngageClient({ url, token: 'the-token', timeout: 60_000 }),
    answers(table) {
      target.asked.length = 0;
      target.answer = (asked, response) => {
        const found = table[nameOf(asked)] ?? { status: 404 };
        const { status = 200, body, headers } = typeof found === 'function' ? found(asked) : found;
        const refusal = { error: 'refused', message: 'no', status };
        json(status, body ?? (status >= 400 ? refusal : {}), headers)(asked, response);
      };
    },
    calls: () => target.asked.map(nameOf),
    lastWritten() {
      const body = target.asked.findLast(({ method }) => method !== 'GET')?.body ?? '';
      if (body.startsWith('{')) return JSON.parse(body) as Readonly<Record<string, unknown>>;
      const form = new URLSearchParams(body);
      return Object.fromEntries([...form.keys()].map((key) => [key, form.getAll(key).join()]));
    },
    close: () => target.close(),
  };
}

/** A page of the platform's lists. */
export function page(...records: readonly object[]): Answer {
  return { body: { count: records.length, records } };
}

function nameOf({ method, url }: Asked): string {
  return `${method} ${url.replace(/\?.*$/, '').replace(/^\/1\.0/, '')}`;
}

/**
 * A bot behind HTTP that does what it is told: it speaks one vendor's protocol, and the customer's last
 * words say what it answers, or that it fails. What each word means is `adapter-stage.ts`.
 */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { startHttpTarget, type Asked } from '../http-target.js';
import { actIn } from './adapter-stage.js';

/** What is said, and what beside it. */
export type Spoken = {
  readonly say: string;
  readonly choices?: readonly string[];
  readonly does?: 'handOver' | 'solve';
};

export type Protocol = {
  /** What the customer said, and the key of the question: what it is known again by. */
  readonly read: (
    body: Readonly<Record<string, unknown>>,
    asked: { readonly url: string; readonly headers: IncomingHttpHeaders },
  ) => { readonly words: string; readonly key: string };
  readonly write: (spoken: Spoken) => unknown;
  /** JSON, but no answer. */
  readonly garbage: unknown;
};

export type ActServer = {
  readonly url: string;
  /** The key of each question, in order. */
  readonly asked: () => readonly string[];
  readonly stop: () => Promise<void>;
};

const tenMegabytes = 10 * 1024 * 1024;

export async function startActServer({ read, write, garbage }: Protocol): Promise<ActServer> {
  const target = await startHttpTarget();
  const keys: string[] = [];
  target.answer = ({ body, url, headers }: Asked, response: ServerResponse) => {
    const { words, key } = read(JSON.parse(body) as Record<string, unknown>, { url, headers });
    const isFirst = !keys.includes(key);
    keys.push(key);
    const answer = (given: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(given));
    };
    switch (actIn(words)) {
      case 'choose':
        return answer(write({ say: 'Well?', choices: ['Yes', 'No'] }));
      case 'human':
        return answer(write({ say: 'Goodbye for now.', does: 'handOver' }));
      case 'done':
        return answer(write({ say: 'Glad to help.', does: 'solve' }));
      case 'fail':
        return answer({}, 500);
      case 'stumble':
        return isFirst ? answer({}, 500) : answer(write({ say: 'You said: stumble' }));
      case 'garble':
        return answer(garbage);
      case 'flood':
        return answer(write({ say: 'x'.repeat(tenMegabytes) }));
      case 'hang':
        return undefined;
      default:
        return answer(write({ say: `You said: ${words.split('\n').join(' + ')}` }));
    }
  };
  return { url: target.url, asked: () => keys, stop: () => target.close() };
}

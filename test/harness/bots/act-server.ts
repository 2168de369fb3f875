/**
 * A bot behind HTTP that does what it is told: it speaks one vendor's protocol, and the customer's last
 * words say what it answers, or that it fails. What each word means is `adapter-setup.ts`.
 */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { startHttpTarget, type Asked } from '../http-target.js';
import { actIn, type Act } from './adapter-setup.js';

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
  /** The key of each question with these words in it, in order. */
  readonly asked: (words: string) => readonly string[];
  readonly stop: () => Promise<void>;
};

const tenMegabytes = 10 * 1024 * 1024;

export async function startActServer({ read, write, garbage }: Protocol): Promise<ActServer> {
  const target = await startHttpTarget();
  const questions: { readonly words: string; readonly key: string }[] = [];
  target.answer = ({ body, url, headers }: Asked, response: ServerResponse) => {
    const { words, key } = read(JSON.parse(body) as Record<string, unknown>, { url, headers });
    const isFirst = !questions.some((one) => one.key === key);
    questions.push({ words, key });
    const answer = (given: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(given));
    };
    const act = actIn(words);
    if (act === 'hang') return;
    const fails = act === 'fail' || (act === 'stumble' && isFirst);
    if (fails) answer({}, 500);
    else answer(act === 'garble' ? garbage : write(spokenFor(act, words)));
  };
  const asked: ActServer['asked'] = (words) =>
    questions.filter((one) => one.words.includes(words)).map(({ key }) => key);
  return { url: target.url, asked, stop: () => target.close() };
}

function spokenFor(act: Act | undefined, words: string): Spoken {
  switch (act) {
    case 'choose':
      return { say: 'Well?', choices: ['Yes', 'No'] };
    case 'human':
      return { say: 'Goodbye for now.', does: 'handOver' };
    case 'done':
      return { say: 'Glad to help.', does: 'solve' };
    case 'flood':
      return { say: 'x'.repeat(tenMegabytes) };
    default:
      return { say: `You said: ${words.split('\n').join(' + ')}` };
  }
}

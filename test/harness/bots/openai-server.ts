/**
 * A language model as others serve it: a real HTTP server that speaks chat completions, streamed in
 * small parts. What it says is the test's: a list of answers, or a function of the request.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ModelMessage = {
  readonly role: string;
  readonly content: string | null;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
};

export type ModelRequest = {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly ModelMessage[];
    readonly tools?: readonly { readonly function: { readonly name: string } }[];
    readonly [parameter: string]: unknown;
  };
};

export type ModelStep =
  | {
      readonly says?: string;
      /** By name, with the arguments as the model writes them. */
      readonly calls?: readonly (readonly [name: string, written: string])[];
      readonly refuses?: string;
      readonly finish?: 'stop' | 'length' | 'content_filter';
      /** Sent with the last chunk; `none`: the server does not send it. */
      readonly tokens?: number | 'none';
      /** Goes silent before it ends, and never ends. */
      readonly hangs?: boolean;
      /** Closes the connection before it ends. */
      readonly breaksOff?: boolean;
    }
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  /** Not the protocol. */
  | { readonly raw: string };

type Answering = (request: ModelRequest) => ModelStep;

export class ModelServer {
  readonly requests: ModelRequest[] = [];
  /** Questions whose asker went away before the answer was whole. */
  abandoned = 0;
  #steps: ModelStep[] = [];
  #answering: Answering | undefined;
  readonly #server = createServer((incoming, response) => this.#take(incoming, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** From now on: these in turn, the last for ever. */
  will(...steps: readonly ModelStep[]): void {
    this.#answering = undefined;
    this.#steps = [...steps];
    this.requests.length = 0;
    this.abandoned = 0;
  }

  willAnswer(answering: Answering): void {
    this.will();
    this.#answering = answering;
  }

  /** The last question's messages. */
  get messages(): readonly ModelMessage[] {
    return this.requests.at(-1)?.body.messages ?? [];
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.closeAllConnections();
      this.#server.close(() => resolve());
    });
  }

  #take(incoming: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('close', () => (this.abandoned += response.writableFinished ? 0 : 1));
    incoming.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as ModelRequest['body'];
      const { authorization } = incoming.headers;
      const request = { path: incoming.url, authorization, body };
      this.requests.push(request);
      answer(this.#answering?.(request) ?? this.#next(), response);
    });
  }

  #next(): ModelStep {
    const [step = { says: 'Hello.' }, ...rest] = this.#steps;
    if (rest.length > 0) this.#steps = rest;
    return step;
  }
}

function answer(step: ModelStep, response: ServerResponse): void {
  if ('status' in step) {
    response.writeHead(step.status, { 'content-type': 'application/json', ...step.headers });
    return void response.end(step.body ?? JSON.stringify({ error: { message: 'no' } }));
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if ('raw' in step) return void response.end(step.raw);
  const send = (part: object) => response.write(`data: ${JSON.stringify(part)}\n\n`);
  for (const delta of deltas(step)) send(chunk([{ index: 0, delta, finish_reason: null }]));
  if (step.hangs) return;
  if (step.breaksOff) {
    response.write('', () => response.destroy());
    return;
  }
  const finish = step.finish ?? (step.calls ? 'tool_calls' : 'stop');
  send(chunk([{ index: 0, delta: {}, finish_reason: finish }]));
  if (step.tokens !== 'none') {
    const total = step.tokens ?? 100;
    send({ ...chunk([]), usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: total } });
  }
  response.end('data: [DONE]\n\n');
}

function chunk(choices: readonly object[]): object {
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices };
}

function* deltas({
  says,
  refuses,
  calls = [],
}: Exclude<ModelStep, { status: number } | { raw: string }>) {
  yield { role: 'assistant', content: '' };
  for (const content of pieces(says ?? '')) yield { content };
  if (refuses !== undefined) yield { refusal: refuses };
  for (const [index, [name, written]] of calls.entries()) {
    const call = { index, id: `call_${index}`, type: 'function' };
    yield { tool_calls: [{ ...call, function: { name, arguments: '' } }] };
    for (const part of pieces(written)) {
      yield { tool_calls: [{ index, function: { arguments: part } }] };
    }
  }
}

function pieces(text: string): readonly string[] {
  return text.length > 100_000 ? [text] : (text.match(/[^]{1,7}/gu) ?? []);
}

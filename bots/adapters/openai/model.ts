/**
 * One request to the model, through OpenAI's client, streamed: an abort closes the connection at once, and
 * the model stops. One attempt a call; Temporal does the retries.
 */
import type { OpenAI } from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionFunctionTool,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import { InvalidAnswer } from '../../contract.js';
import { createGuardedFetch, readHost } from '../../http/guarded-fetch.js';
import { NoWholeAnswer } from './errors.js';
import { modelFailure } from './model-failure.js';
import type { ModelSettings } from './settings.js';

export type Message = ChatCompletionMessageParam;

/** A tool call as the model wrote it. */
export type WrittenCall = { readonly tool: string; readonly written: string };

export type ModelResponse = {
  readonly text: string;
  readonly calls: readonly WrittenCall[];
  readonly tokens: number;
  /** The model has reached its maximum output length. */
  readonly isCutShort: boolean;
};

export type Asked = {
  readonly messages: readonly Message[];
  readonly tools: readonly ChatCompletionFunctionTool[];
  readonly signal: AbortSignal;
  /** Unix milliseconds. */
  readonly deadline: number;
};

export type Model = (asked: Asked) => Promise<ModelResponse>;

/** Limits of the whole answer; a longer one is not an answer. */
const limits = { bytes: 4_000_000, characters: 200_000 } as const;

/** The client requires a key, a self-hosted server may not. */
const noKey = 'none';

/** The client is loaded on the first request, so that other workers need not load it. */
export function createModel(settings: ModelSettings, key = noKey): Model {
  const host = new URL(settings.baseUrl).hostname;
  let client: Promise<OpenAI> | undefined;
  return async (asked) => {
    client ??= connect(settings, key);
    const openai = await client;
    try {
      return await ask(openai, settings, asked);
    } catch (error) {
      throw await modelFailure(error, host, asked.signal);
    }
  };
}

async function connect({ baseUrl, allowPrivate }: ModelSettings, key: string): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  const allow = [readHost(baseUrl)];
  const fetch = createGuardedFetch({ allow, allowPrivate, maxBytes: limits.bytes });
  // The client takes no other key from the environment, and logs nothing.
  const unset = { adminAPIKey: null, webhookSecret: null, organization: null, project: null };
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: key,
    maxRetries: 0,
    fetch,
    logLevel: 'off',
    ...unset,
  });
}

async function ask(openai: OpenAI, settings: ModelSettings, asked: Asked): Promise<ModelResponse> {
  const { messages, tools, signal, deadline } = asked;
  const stream = await openai.chat.completions.create(
    {
      ...settings.parameters,
      model: settings.model,
      messages: [...messages],
      ...(tools.length > 0 && { tools: [...tools] }),
      stream: true,
      stream_options: { include_usage: true },
    },
    { signal, timeout: Math.max(1_000, deadline - Date.now()) },
  );
  const collector = new ResponseCollector();
  for await (const chunk of stream) collector.take(chunk);
  // The client ends an aborted stream without an error.
  signal.throwIfAborted();
  return collector.toResponse(messages);
}

/** Assembles a streamed answer; tolerates servers that deviate from the protocol. */
class ResponseCollector {
  #text = '';
  #refusal = '';
  #finish: string | undefined;
  #tokens: number | undefined;
  #chunks = 0;
  readonly #calls = new Map<number, { tool: string; written: string }>();

  take({ choices, usage }: Partial<ChatCompletionChunk>): void {
    this.#chunks += 1;
    this.#tokens = usage?.total_tokens ?? this.#tokens;
    const [choice] = choices ?? [];
    if (!choice) return;
    const { delta, finish_reason: finish } = choice as Partial<typeof choice>;
    this.#finish = finish ?? this.#finish;
    this.#text += delta?.content ?? '';
    this.#refusal += delta?.refusal ?? '';
    for (const call of delta?.tool_calls ?? []) this.#takeCall(call);
    if (this.#length > limits.characters) throw new InvalidAnswer('the model’s answer: too long');
  }

  #takeCall(call: NonNullable<ChatCompletionChunk.Choice.Delta['tool_calls']>[number]): void {
    const index = (call as Partial<typeof call>).index ?? this.#calls.size;
    const known = this.#calls.get(index) ?? { tool: '', written: '' };
    known.tool += call.function?.name ?? '';
    known.written += call.function?.arguments ?? '';
    this.#calls.set(index, known);
  }

  get #length(): number {
    const written = [...this.#calls.values()].reduce((sum, one) => sum + one.written.length, 0);
    return this.#text.length + written;
  }

  /** @throws InvalidAnswer when there is neither text nor a tool call */
  toResponse(messages: readonly Message[]): ModelResponse {
    const text = this.#text.trim();
    const calls = [...this.#calls.values()];
    if (this.#chunks === 0) throw new InvalidAnswer('the model’s answer: not a stream of chunks');
    if (this.#finish === undefined) throw new NoWholeAnswer('the model’s answer broke off');
    if (this.#refusal !== '' || this.#finish === 'content_filter') {
      throw new InvalidAnswer('the model’s answer: refused');
    }
    if (text === '' && calls.length === 0) throw new InvalidAnswer('the model’s answer: empty');
    const tokens = this.#tokens ?? reckoned(JSON.stringify(messages).length + this.#length);
    return { text, calls, tokens, isCutShort: this.#finish === 'length' };
  }
}

/** Estimate for servers that report no usage: about four characters a token. */
function reckoned(characters: number): number {
  return Math.ceil(characters / 4);
}

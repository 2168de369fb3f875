/**
 * Runs a tool that the model requested: one signed request to the configured URL, with the arguments as
 * its body. The model receives the server's answer, refusals included; only transient errors are retried,
 * with the same idempotency key.
 */
import type { Bot, Json } from '../../bot.js';
import type { BotContext } from '../../adapter.js';
import { HttpStatus } from '../../http/errors.js';
import { retryAfter } from '../../http/exchange.js';
import { createGuardedFetch, readHost } from '../../http/guarded-fetch.js';
import { signatureHeaders } from '../../http/signature.js';
import { NoSuchTool } from './errors.js';
import { parseModelJson } from './parameters.js';
import type { ModelSettings } from './settings.js';
import type { ToolResult } from './tool-result.js';

/** The whole result is kept in the thread's history, and passed to the model. */
const resultLimit = 20_000;

export function createToolCaller(
  { tools }: Pick<ModelSettings, 'tools'>,
  { secret }: Pick<BotContext, 'secret'>,
): NonNullable<Bot['call']> {
  const known = new Map(
    Object.entries(tools).map(([name, tool]) => {
      const { url, allowPrivate, secretFrom } = tool;
      const key = secretFrom === undefined ? undefined : secret(secretFrom);
      const send = createGuardedFetch({
        allow: [readHost(url)],
        allowPrivate,
        maxBytes: resultLimit,
      });
      return [name, { tool, key, send }] as const;
    }),
  );
  return async (call, { signal, idempotencyKey }) => {
    const found = known.get(call.tool);
    // The settings may have changed since the call was requested.
    if (!found) throw new NoSuchTool('there is no such tool');
    const { tool, key, send } = found;
    const body = JSON.stringify(call.input);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': idempotencyKey,
      ...(key !== undefined && signatureHeaders(key, body, Date.now())),
    };
    const response = await send(tool.url, { method: tool.method, headers, body, signal });
    return { ...(await resultOf(response, new URL(tool.url).hostname)) };
  };
}

/** @throws HttpStatus for a transient error */
async function resultOf(response: Response, host: string): Promise<ToolResult> {
  const { status } = response;
  const trouble = new HttpStatus(host, status, retryAfter(response));
  if (!trouble.isFinal) {
    await response.body?.cancel();
    throw trouble;
  }
  const text = await response.text();
  const body: Json = text === '' ? null : (parseModelJson(text) ?? text);
  return { status, body };
}

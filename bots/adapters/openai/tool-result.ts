/** The result of a tool call, as it is recorded with the turn. */
import { z } from 'zod';
import type { CalledTool, Json } from '../../bot.js';

const resultSchema = z.object({ status: z.number(), body: z.json() });

export type ToolResult = { readonly status: number; readonly body: Json };

export function hasSucceeded(called: CalledTool): boolean {
  if ('failed' in called) return false;
  const { data } = resultSchema.safeParse(called.result);
  return data !== undefined && isSuccess(data.status);
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/**
 * Formats the turn's tool calls and their results as messages for the model. A call's id contains its
 * round, so that the rounds can be reproduced.
 */
import type { CalledTool } from '../../bot.js';
import type { Message } from './model.js';
import { hasSucceeded } from './tool-result.js';

/** Nine letters and digits, because some models accept no other ids. Deterministic. */
export function callId(calledBefore: number, index: number): string {
  return `call${digits(calledBefore, 3)}${digits(index, 2)}`;
}

function digits(number: number, count: number): string {
  return `${number}`.padStart(count, '0');
}

export function toolMessages(called: readonly CalledTool[]): readonly Message[] {
  return roundsOf(called).flatMap((round): Message[] => [
    {
      role: 'assistant',
      content: null,
      tool_calls: round.map(({ id, tool, input }) => ({
        id,
        type: 'function',
        function: { name: tool, arguments: JSON.stringify(input) },
      })),
    },
    ...round.map((one): Message => ({
      role: 'tool',
      tool_call_id: one.id,
      content: formatResult(one),
    })),
  ]);
}

function roundsOf(called: readonly CalledTool[]): readonly (readonly CalledTool[])[] {
  const names = new Set(called.map(roundOf));
  return [...names].map((name) => called.filter((one) => roundOf(one) === name));
}

function roundOf({ id }: CalledTool): string {
  return id.slice(0, -2);
}

function formatResult(called: CalledTool): string {
  if ('failed' in called) {
    return `failed (${called.failed}): whether it was done is not known; do not say that it was`;
  }
  const result = JSON.stringify(called.result);
  return hasSucceeded(called) ? result : `failed: ${result}`;
}

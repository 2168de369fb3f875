/** The tools offered to the model, and the parsed tool calls of its answer. */
import type { ChatCompletionFunctionTool } from 'openai/resources/chat/completions';
import { z } from 'zod';
import type { BotAnswer, ToolCall } from '../../bot.js';
import { cutText } from '../../messages/cut-text.js';
import type { Message, WrittenCall } from './model.js';
import { parseModelJson, readArguments } from './parameters.js';
import { builtInTools, type ModelSettings } from './settings.js';
import { callId } from './tool-messages.js';

const handOverParameters = {
  type: 'object',
  properties: {
    reason: { type: 'string', description: 'For the colleague: what the customer needs.' },
    customer_asked: { type: 'boolean', description: 'The customer asked for a human.' },
  },
  required: ['reason'],
};
const handOverSchema = z.object({ reason: z.string(), customer_asked: z.boolean().default(false) });

type Declared = { readonly description: string; readonly parameters: Record<string, unknown> };

const builtIn: Readonly<Record<string, Declared>> = {
  [builtInTools.handOver]: {
    description:
      'Hand the conversation over to a human colleague: the customer asks for one, or you cannot help.',
    parameters: handOverParameters,
  },
  [builtInTools.solved]: {
    description:
      'The customer has what they wanted and nothing is left to do: ends the conversation.',
    parameters: { type: 'object', properties: {} },
  },
};

function declared({ tools }: Pick<ModelSettings, 'tools'>): Readonly<Record<string, Declared>> {
  return { ...tools, ...builtIn };
}

export function describeFunctions(
  settings: Pick<ModelSettings, 'tools'>,
): ChatCompletionFunctionTool[] {
  return Object.entries(declared(settings)).map(([name, { description, parameters }]) => ({
    type: 'function',
    function: { name, description, parameters },
  }));
}

export type Wanted =
  /** No tool is called: the model receives the error. */
  | { readonly is: 'invalid'; readonly feedback: readonly Message[] }
  | { readonly is: 'calls'; readonly calls: readonly ToolCall[] }
  | { readonly is: 'handOver'; readonly handOver: NonNullable<BotAnswer['handOver']> }
  | { readonly is: 'solved' };

/** Other tools take precedence: a model that also ends the conversation is asked again with their results. */
export function wanted(
  written: readonly WrittenCall[],
  settings: Pick<ModelSettings, 'tools'>,
  calledBefore: number,
): Wanted {
  const known = declared(settings);
  const read = written.map((call) => {
    const tool = Object.hasOwn(known, call.tool) ? known[call.tool] : undefined;
    const found = tool
      ? readArguments(call.written, tool.parameters)
      : { problem: 'there is no such tool' };
    return { ...call, ...found };
  });
  const calls: ToolCall[] = [];
  let end: Wanted | undefined;
  for (const [index, one] of read.entries()) {
    if (!('input' in one)) return { is: 'invalid', feedback: explainInvalid(read) };
    const { tool, input } = one;
    if (tool === builtInTools.handOver) end = { is: 'handOver', handOver: handedOver(input) };
    else if (tool === builtInTools.solved) end ??= { is: 'solved' };
    else calls.push({ id: callId(calledBefore, index), tool, input });
  }
  return calls.length > 0 || !end ? { is: 'calls', calls } : end;
}

const reasonLimit = 2_000;

function handedOver(input: unknown): NonNullable<BotAnswer['handOver']> {
  const { reason, customer_asked: isAsked } = handOverSchema.parse(input);
  const because = isAsked ? 'customerAsked' : 'botGaveUp';
  return { because, reason: cutText(reason, reasonLimit) };
}

/** Tool servers may read these texts, too. */
function repeatable(written: string): string {
  return parseModelJson(written) === undefined ? '{}' : written;
}

type Read = WrittenCall & ({ readonly problem: string } | { readonly input: unknown });

function explainInvalid(read: readonly Read[]): readonly Message[] {
  const id = (index: number) => callId(999, index);
  return [
    {
      role: 'assistant',
      content: null,
      tool_calls: read.map(({ tool, written }, index) => ({
        id: id(index),
        type: 'function',
        function: { name: tool || 'unknown', arguments: repeatable(written) },
      })),
    },
    ...read.map((one, index): Message => {
      const why = 'problem' in one ? one.problem : 'another call beside it was wrong';
      const content = `not called: ${why}. Mend it and call again.`;
      return { role: 'tool', tool_call_id: id(index), content };
    }),
  ];
}

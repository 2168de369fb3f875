/** Parses answers of Dialogflow CX and converts them into Baton's. */
import { z } from 'zod';
import type { BotAnswer } from '../bot.js';
import { BotError } from '../bot-error.js';
import { InvalidAnswer } from '../contract.js';
import { declaredIn, type Declared } from './vendor.js';

/** Message types not listed here, such as audio, are ignored. */
const message = z.object({
  text: z.object({ text: z.array(z.string()).default([]) }).optional(),
  liveAgentHandoff: z.object({ metadata: z.unknown().optional() }).optional(),
  endInteraction: z.object({}).optional(),
  payload: z.unknown().optional(),
});
type Message = z.output<typeof message>;

const detectedNow = z.object({
  queryResult: z.object({ responseMessages: z.array(message).default([]) }).optional(),
});

/** The answer, or a long-running operation that will have it. */
export const detected = detectedNow.extend({
  /** Restricted to paths under `/v3`, because the request carries the token. */
  name: z
    .string()
    .regex(/^(projects\/[\w.:-]+\/locations\/[\w-]+\/)?operations\/[\w.-]+$/)
    .optional(),
  done: z.boolean().optional(),
  error: z.object({ code: z.number().default(0) }).optional(),
  response: detectedNow.optional(),
});

/** The operation has ended without an answer; a retry may succeed. */
export class OperationFailed extends BotError {
  override readonly name = 'OperationFailed';
  readonly isFinal = false;
  constructor(code: number) {
    super(`the operation has failed with code ${code}`);
  }
}

/** @throws InvalidAnswer */
export function readAnswer({ queryResult }: z.output<typeof detectedNow>): BotAnswer {
  if (!queryResult) throw new InvalidAnswer('queryResult: is missing');
  const { responseMessages: messages } = queryResult;
  const replies = messages.flatMap(({ text }) => {
    const body = (text?.text ?? []).join('\n');
    return body === '' ? [] : [{ body }];
  });
  return Object.assign({ replies }, ...messages.map(meaningOf)) as BotAnswer;
}

function meaningOf({ liveAgentHandoff, endInteraction, payload }: Message): Declared {
  return {
    ...(endInteraction && { isSolved: true }),
    ...(liveAgentHandoff && {
      handOver: { because: 'customerAsked', ...reasonIn(liveAgentHandoff.metadata) },
    }),
    ...declaredIn(payload),
  };
}

const withReason = z.object({ reason: z.string().max(10_000) });

function reasonIn(metadata: unknown): { readonly reason?: string } {
  return withReason.safeParse(metadata).data ?? {};
}

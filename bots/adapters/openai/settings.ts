/** Schema of `openaiCompatible` in `baton.config.ts`, with all defaults. */
import { z } from 'zod';
import { detectableLanguages } from './language.js';
import { endpointUrl, isSafeUrl, unsafeUrl, variable } from '../../http/settings.js';
import { compileParameters } from './parameters.js';

const json = z.json();
const jsonObject = z.record(z.string(), json);
const phrases = z.array(z.string().min(1));

/** Built-in tools that end a conversation; these names are reserved. */
export const builtInTools = { handOver: 'hand_over', solved: 'solved' } as const;

const noParameters = { type: 'object', properties: {}, additionalProperties: false };

const toolSchema = z
  .strictObject({
    /** Tells the model what it does and when to use it. */
    description: z.string().min(1),
    /** JSON Schema of its arguments, an object: invalid arguments are never sent. */
    parameters: jsonObject.default(noParameters).superRefine((schema, context) => {
      const problem = compileParameters(schema).problem;
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    }),
    url: endpointUrl,
    method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
    /** Environment variable with the secret that signs requests. */
    secretFrom: variable.optional(),
    /** Allows a private address. */
    allowPrivate: z.boolean().default(false),
  })
  .refine(isSafeUrl, unsafeUrl);

const promiseSchema = z.strictObject({
  /** Phrases that may only be said … */
  words: phrases.min(1),
  /** … after one of these tools has succeeded in the same turn; if empty: never. */
  after: z.array(z.string().min(1)),
});

const guardrailsSchema = z.strictObject({
  /** In characters; longer answers are cut after a sentence. */
  maxLength: z.number().int().min(50).max(10_000).default(2_000),
  /** ISO 639-1 codes: `en`, `de`. Short texts pass, because their language cannot be detected. */
  languages: z.array(z.enum(detectableLanguages)).min(1).optional(),
  /** Words and phrases that are never said. */
  forbidden: phrases.default([]),
  /** Sent in place of a forbidden text; without it the conversation is handed over. */
  refusal: z.string().min(1).max(10_000).optional(),
  promises: z.array(promiseSchema).default([]),
});

/** Request parameters that the adapter sets itself. */
const reserved = ['model', 'messages', 'tools', 'stream', 'stream_options', 'n', 'functions'];

export const settingsSchema = z
  .strictObject({
    /** `https://api.openai.com/v1`; without `/chat/completions`. */
    baseUrl: endpointUrl,
    model: z.string().min(1),
    /** Environment variable with the API key; a self-hosted server may need none. */
    keyFrom: variable.optional(),
    /** Allows a private address of the endpoint. */
    allowPrivate: z.boolean().default(false),
    /** The system prompt. */
    prompt: z.string().min(1),
    /** Replaces it, by the source's name. */
    prompts: z.record(z.string(), z.string().min(1)).default({}),
    /** Maximum length of the conversation in a request, newest first. */
    contextCharacters: z.number().int().min(500).max(1_000_000).default(12_000),
    /** Added to each request: `{ temperature: 0.2, max_tokens: 400 }`. */
    parameters: jsonObject.default({}),
    tools: z.record(z.string().regex(/^[\w-]{1,64}$/), toolSchema).default({}),
    guardrails: guardrailsSchema.prefault({}),
    /** Per conversation; the next turn is handed over. */
    maxTurns: z.number().int().min(1).default(50),
    /** Per conversation, input and output together. */
    maxTokens: z.number().int().min(1).default(200_000),
  })
  .superRefine(({ baseUrl, allowPrivate, parameters, tools, guardrails }, context) => {
    const problem = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (!isSafeUrl({ url: baseUrl, allowPrivate })) {
      problem(['baseUrl'], 'expected https: plain http would expose customers’ messages');
    }
    for (const name of reserved.filter((one) => one in parameters)) {
      problem(['parameters', name], 'is decided by Baton');
    }
    for (const name of Object.values(builtInTools).filter((one) => one in tools)) {
      problem(['tools', name], 'is a tool of Baton’s own');
    }
    for (const [index, { after }] of guardrails.promises.entries()) {
      for (const name of after.filter((one) => !(one in tools))) {
        problem(['guardrails', 'promises', index, 'after'], `there is no tool ${name}`);
      }
    }
  });

export type ModelSettings = z.output<typeof settingsSchema>;
export type ToolSettings = ModelSettings['tools'][string];
export type Guardrails = ModelSettings['guardrails'];

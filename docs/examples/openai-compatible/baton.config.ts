/**
 * A language model as the bot of a chat: here one that runs on this machine (Ollama, vLLM, llama.cpp).
 * For another, put in its address, and with `keyFrom` the name of the environment variable that holds
 * its key. `BATON_CONFIG=docs/examples/openai-compatible/baton.config.ts npm start` plays it in the
 * simulated account. All settings: docs/bots/openai-compatible.md.
 */
import { defineConfig } from '../../../settings/business.js';

const orders = process.env['ORDERS_URL'] ?? 'http://localhost:8080';

export const config = defineConfig({
  botUser: { userId: '61b07000000000000000b0b0', identityIds: ['61b0700000000000001d0001'] },
  automaticIdentityIds: ['61b0700000000000001d0002'],

  bots: {
    assistant: {
      openaiCompatible: {
        baseUrl: process.env['MODEL_URL'] ?? 'http://localhost:11434/v1',
        model: 'llama3.1',
        allowPrivate: true,
        prompt: 'You answer customers of a parcel service, briefly. Hand over what you cannot do.',
        parameters: { temperature: 0.2 },
        tools: {
          refund_order: {
            description: 'Refunds an order that has not arrived.',
            parameters: {
              type: 'object',
              properties: { order: { type: 'string', pattern: '^[0-9]{4,}$' } },
              required: ['order'],
            },
            url: `${orders}/refunds`,
            allowPrivate: true,
          },
        },
        guardrails: {
          maxLength: 600,
          languages: ['en'],
          promises: [{ words: ['refund', 'refunded'], after: ['refund_order'] }],
        },
        maxTurns: 30,
      },
    },
  },

  sources: {
    chat: {
      id: '61b07000000000000000c001',
      categories: { bot: '61b07000000000000000b071', agent: '61b07000000000000000a9e0' },
      bot: 'assistant',
    },
  },
});

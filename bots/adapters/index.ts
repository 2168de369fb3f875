/** All adapters, by the key under which `baton.config.ts` configures a bot of that kind. */
import type { z } from 'zod';
import type { Adapter } from '../adapter.js';
import { chatbotKit } from './chatbot-kit/adapter.js';
import { cognigy } from './cognigy.js';
import { dialogflow } from './dialogflow.js';
import { http } from './http.js';
import { openaiCompatible } from './openai-compatible.js';
import { rasa } from './rasa.js';
import { scripted } from './scripted/index.js';

const all = { scripted, http, openaiCompatible, chatbotKit, rasa, dialogflow, cognigy };

/** Accepted settings under each key. */
export type AdapterInputs = {
  readonly [K in keyof typeof all]: z.input<(typeof all)[K]['settings']>;
};

export const adapters: ReadonlyMap<string, Adapter> = new Map<string, Adapter>(Object.entries(all));

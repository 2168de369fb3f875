/** All adapters, by the key under which `baton.config.ts` configures a bot of that kind. */
import type { Adapter } from '../adapter.js';
import { chatbotKit } from './chatbot-kit/adapter.js';
import { cognigy } from './cognigy.js';
import { dialogflow } from './dialogflow.js';
import { http } from './http.js';
import { openaiCompatible } from './openai-compatible.js';
import { rasa } from './rasa.js';
import { scripted } from './scripted/index.js';

export const adapters: ReadonlyMap<string, Adapter> = new Map<string, Adapter>([
  ['scripted', scripted],
  ['http', http],
  ['openaiCompatible', openaiCompatible],
  ['chatbotKit', chatbotKit],
  ['rasa', rasa],
  ['dialogflow', dialogflow],
  ['cognigy', cognigy],
]);

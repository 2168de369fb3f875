import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { botFromConfig, type AdapterSetup } from './adapter-setup.js';

/** A bot of the chatbot kit, in a file of its own, that does what the customer's words tell it to. */
const source = `
globalThis.askedOfKit = [];
exports.onEvent = async ({ event, client }) => {
  const words = event.resource.metadata.body;
  const isFirst = !globalThis.askedOfKit.some((one) => one.key === event.id);
  globalThis.askedOfKit.push({ words, key: event.id });
  const say = (body) => client.reply(event, { body });
  const thread = '/1.0/content_threads/' + event.resource.metadata.thread_id;
  switch (words.split(' ')[0]) {
    case 'choose': {
      const items = [{ title: 'Yes' }, { title: 'No' }];
      return client.reply(event, { body: 'Well?', structured_content: { type: 'select', items } });
    }
    case 'human':
      await say('Goodbye for now.');
      return client.put(thread + '/update_categories', { thread_category_ids: ['AGENTS'] });
    case 'done':
      await say('Glad to help.');
      return client.put(thread + '/close');
    case 'fail':
      throw new Error('no');
    case 'stumble':
      if (isFirst) throw new Error('no');
      return say('You said: stumble');
    case 'hang':
      return new Promise(() => {});
    case 'garble':
      return client.reply(event, { body: { not: 'a text' } });
    case 'flood':
      return say('x'.repeat(10 * 1024 * 1024));
    default:
      return say('You said: ' + words);
  }
};
`;

type Asking = { askedOfKit?: { readonly words: string; readonly key: string }[] };

export async function kitSetup(agentCategory: string): Promise<AdapterSetup> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-setup-'));
  const module = join(folder, 'bot.cjs');
  writeFileSync(module, source.replaceAll('AGENTS', agentCategory));
  const bot = botFromConfig({ chatbotKit: { module, readContents: false } });
  await bot.start?.();
  return {
    bot,
    answersEach: true,
    asked: (words) => {
      const questions = (globalThis as Asking).askedOfKit ?? [];
      return questions.filter((one) => one.words.includes(words)).map(({ key }) => key);
    },
    stop: () => {
      rmSync(folder, { recursive: true });
      delete (globalThis as Asking).askedOfKit;
      return Promise.resolve();
    },
  };
}

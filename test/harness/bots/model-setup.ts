import { actIn, botFromConfig, type AdapterSetup } from './adapter-setup.js';
import { ModelServer, type ModelRequest, type ModelStep } from './openai-server.js';

/** A language model that does what the customer's last words tell it to. */
export async function modelSetup(): Promise<AdapterSetup> {
  const server = await new ModelServer().start();
  const asked: string[] = [];
  server.willAnswer((request) => {
    const words = wordsOf(request);
    const isFirst = !asked.includes(words);
    asked.push(words);
    return stepFor(words, isFirst);
  });
  const settings = { baseUrl: server.url, model: 'm', prompt: 'You help.', allowPrivate: true };
  return {
    bot: botFromConfig({ openaiCompatible: settings }),
    cannot: { choose: 'a model says text' },
    asked: (words) => asked.filter((one) => one.includes(words)),
    stop: () => server.stop(),
  };
}

function wordsOf({ body }: ModelRequest): string {
  return body.messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

function stepFor(words: string, isFirst: boolean): ModelStep {
  switch (actIn(words)) {
    case 'human':
      return { says: 'Goodbye for now.', calls: [['hand_over', '{"reason":"asked"}']] };
    case 'done':
      return { says: 'Glad to help.', calls: [['solved', '{}']] };
    case 'fail':
      return { status: 500 };
    case 'stumble':
      return isFirst ? { status: 500 } : { says: 'You said: stumble' };
    case 'hang':
      return { says: 'You', hangs: true };
    case 'garble':
      return { raw: 'no protocol at all' };
    case 'flood':
      return { raw: 'x'.repeat(10 * 1024 * 1024) };
    default:
      return { says: `You said: ${words.split('\n').at(-1) ?? ''}` };
  }
}

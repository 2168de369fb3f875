import type { BotTurn } from '../../../bots/bot.js';
import { botFromConfig, type AdapterSetup } from './adapter-setup.js';

/** It answers from memory: nothing can be late, fail or be garbled. */
export function scriptedSetup(): Promise<AdapterSetup> {
  const script = {
    answers: [{ when: ['hello'], say: 'You said: hello' }],
    solvedOn: ['done'],
    goodbye: 'Glad to help.',
    handOverOn: ['human'],
    farewell: 'Goodbye for now.',
  };
  const made = botFromConfig({ scripted: script });
  const turns: BotTurn[] = [];
  const why = 'it talks to nobody';
  return Promise.resolve({
    bot: {
      ...made,
      answer(turn, asking) {
        turns.push(turn);
        return made.answer(turn, asking);
      },
    },
    cannot: { choose: why, fail: why, stumble: why, hang: why, garble: why, flood: why },
    asked: (words) =>
      turns
        .filter(({ burst }) => burst.some(({ body }) => body.includes(words)))
        .map(({ id }) => id),
    stop: () => Promise.resolve(),
  });
}

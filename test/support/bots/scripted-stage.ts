import { botFromConfig, type AdapterStage } from './adapter-stage.js';

/** It answers from memory: nothing can be late, fail or be garbled. */
export function scriptedStage(): Promise<AdapterStage> {
  const script = {
    answers: [{ when: ['hello'], say: 'You said: hello' }],
    solvedOn: ['done'],
    goodbye: 'Glad to help.',
    handOverOn: ['human'],
    farewell: 'Goodbye for now.',
  };
  const made = botFromConfig({ scripted: script });
  const asked: string[] = [];
  const why = 'it talks to nobody';
  return Promise.resolve({
    bot: {
      ...made,
      answer(turn, asking) {
        asked.push(turn.id);
        return made.answer(turn, asking);
      },
    },
    cannot: { choose: why, fail: why, stumble: why, hang: why, garble: why, flood: why },
    asked: () => asked,
    stop: () => Promise.resolve(),
  });
}

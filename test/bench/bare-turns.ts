/**
 * What somebody writes who needs turns that survive and nothing else: wait for a content, ask the bot,
 * post its reply. And less than that: one activity a content.
 */
import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

export type Said = { readonly threadId: string; readonly contentId: string; readonly body: string };

export type BareActivities = {
  ask(said: Said): Promise<string>;
  post(reply: Said): Promise<void>;
};

export const said = defineSignal<[Said]>('said');

const { ask, post } = proxyActivities<BareActivities>({
  startToCloseTimeout: '16s',
  retry: { maximumAttempts: 3 },
});

export async function bareTurns(): Promise<void> {
  await forEach(async (content) => {
    const body = await ask(content);
    await post({ ...content, body });
  });
}

export async function bareAsking(): Promise<void> {
  await forEach(ask);
}

async function forEach(act: (content: Said) => Promise<unknown>): Promise<never> {
  const queue: Said[] = [];
  setHandler(said, (content) => void queue.push(content));
  for (;;) {
    await condition(() => queue.length > 0);
    for (const content of queue.splice(0)) await act(content);
  }
}

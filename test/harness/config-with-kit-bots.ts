/** Three bots of the chatbot kit, each on a source of its own, for a process of its own. */
import type { State } from '../../simulator/state.js';
import { accountWith } from './more-sources.js';
import { testConfig } from './test-config.js';

const usual = testConfig({ engageTimeout: '1s' });
/** Asked again soon after its worker was killed, and each turn outlives that. */
const kit = (name: string) => ({
  chatbotKit: { module: `test/harness/kit-bots/${name}.js` },
  ...{ timeout: '4s', budget: '10m' },
});
const third = '61b07000000000000000c003';

export const config = {
  ...usual,
  bots: { faq: kit('faq'), orders: kit('order-status'), desk: kit('to-agents') },
  sources: {
    chat: { ...usual.sources['chat']!, bot: 'faq' },
    messages: { ...usual.sources['messages']!, bot: 'orders' },
    forms: { ...usual.sources['chat']!, id: third, bot: 'desk' },
  },
};

/** The usual account, with the third source. */
export function accountWithForms(): State {
  return accountWith({ forms: third }, 'chat');
}

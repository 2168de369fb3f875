/**
 * A source for each adapter, so that all of them answer in one world: each has its bot twice, with all the
 * time there is, and with little for customers who speak the language of the hurried.
 */
import type { BatonConfig } from '../../../settings/business.js';
import { newState } from '../../../simulator/new-state.js';
import { sources } from '../../../simulator/seed.js';
import type { State } from '../../../simulator/state.js';
import { testConfig } from '../test-config.js';

/** No answer that comes is ever too late. */
const patient = { timeout: '2m', budget: '4m' };
/** For answers that never come, or never are any. */
const hurried = { timeout: '1200ms', budget: '3s' };
export const hurry = { language: 'tlh' };

export const hurriedName = (adapter: string) => `${adapter}-hurried`;
const idOf = (index: number) => `61b07000000000000000ad${String(index).padStart(2, '0')}`;

/** The bots of it are to be replaced; they say only where bots run. */
export function configOfAdapters(adapters: readonly string[]): BatonConfig {
  const { sources: usual, ...config } = testConfig();
  const remote = { scripted: { thinkFor: 1 } };
  const bots = adapters.flatMap((name) => [
    [name, { ...remote, ...patient }],
    [hurriedName(name), { ...remote, ...hurried }],
  ]);
  const own = adapters.map((bot, index) => {
    const routes = [{ languages: [hurry.language], bot: hurriedName(bot) }];
    return [bot, { ...usual['chat']!, id: idOf(index), bot, routes }];
  });
  return {
    ...config,
    bots: Object.fromEntries(bots) as BatonConfig['bots'],
    sources: Object.fromEntries(own) as BatonConfig['sources'],
  };
}

export function accountOfAdapters(adapters: readonly string[]): State {
  const account = newState();
  for (const [index, name] of adapters.entries()) {
    const id = idOf(index);
    account.sources[id] = { ...account.sources[sources.chat]!, id, name };
    for (const user of Object.values(account.users)) user.sources[id] = ['read', 'reply'];
  }
  return account;
}

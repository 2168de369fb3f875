/** The business of tests with one source more, whose bot is outside. */
import type { BatonConfig } from '../../settings/business.js';
import { testConfig } from '../support/test-config.js';

export const sourceId = '61b07000000000000000c0dd';
export type Outside = NonNullable<BatonConfig['sources'][string]['outside']>;

export function outsideConfig(callbackUrl: string, outside: Partial<Outside> = {}): BatonConfig {
  const usual = testConfig();
  const messages = usual.sources['messages']!;
  const channel = { callbackUrl, timeout: '1s', forgetAfter: '1h', ...outside };
  const sdk = { ...messages, id: sourceId, bot: 'outside', outside: channel };
  return { ...usual, sources: { ...usual.sources, sdk } };
}

/** The business of tests with further sources, whose bots are outside. */
import type { BatonConfig } from '../../settings/business.js';
import { testConfig } from '../harness/test-config.js';

export const sourceId = '61b07000000000000000c0dd';
export type Outside = NonNullable<BatonConfig['sources'][string]['outside']>;
/** A source by its name: its id, and what is said of its bot. */
export type OutsideSources = Readonly<
  Record<
    string,
    { readonly id: string; readonly outside: Partial<Outside> & Pick<Outside, 'callbackUrl'> }
  >
>;

/** No call is given up because the machine is busy. */
const patience = '60s';
/** Of a source whose bot always answers. */
export const patient = { timeout: patience } satisfies Partial<Outside>;

export function outsideConfig(callbackUrl: string, outside: Partial<Outside> = {}): BatonConfig {
  return configOfOutside({ sdk: { id: sourceId, outside: { callbackUrl, ...outside } } });
}

export function configOfOutside(sources: OutsideSources): BatonConfig {
  const usual = testConfig({ engageTimeout: patience });
  const messages = usual.sources['messages']!;
  const further = Object.entries(sources).map(([name, { id, outside }]) => {
    const channel = { timeout: '1s', forgetAfter: '1h', ...outside };
    return [name, { ...messages, id, bot: 'outside', outside: channel }] as const;
  });
  return { ...usual, sources: { ...usual.sources, ...Object.fromEntries(further) } };
}

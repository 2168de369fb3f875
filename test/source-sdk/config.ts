/** The business of tests with further sources, whose bots are outside. */
import type { BatonConfig } from '../../settings/business.js';
import { testConfig } from '../harness/test-config.js';

export const sourceId = '61b07000000000000000c0dd';
export type SourceSdk = NonNullable<BatonConfig['sources'][string]['sourceSdk']>;
/** A source by its name: its id, and what is said of its bot. */
export type SourceSdkSources = Readonly<
  Record<
    string,
    { readonly id: string; readonly sourceSdk: Partial<SourceSdk> & Pick<SourceSdk, 'callbackUrl'> }
  >
>;

/** No call is given up because the machine is busy. */
const waitLimit = '60s';
/** Of a source whose bot always answers. */
export const patient = { timeout: waitLimit } satisfies Partial<SourceSdk>;

export function sourceSdkConfig(
  callbackUrl: string,
  sourceSdk: Partial<SourceSdk> = {},
): BatonConfig {
  return configOfSourceSdk({ sdk: { id: sourceId, sourceSdk: { callbackUrl, ...sourceSdk } } });
}

export function configOfSourceSdk(sources: SourceSdkSources): BatonConfig {
  const usual = testConfig({ engageTimeout: waitLimit });
  const messages = usual.sources['messages']!;
  const further = Object.entries(sources).map(([name, { id, sourceSdk }]) => {
    const channel = { timeout: '1s', forgetAfter: '1h', ...sourceSdk };
    return [name, { ...messages, id, bot: 'sourceSdk', sourceSdk: channel }] as const;
  });
  return { ...usual, sources: { ...usual.sources, ...Object.fromEntries(further) } };
}

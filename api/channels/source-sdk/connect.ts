/** Creates what the channel needs; it is on when a source uses the Source SDK, and off otherwise. */
import { sourceSdkChannels, type SourceSdkSecrets } from '../../../settings/source-sdk.js';
import { connectSourceSdkConversations } from '../../../temporal/source-sdk-conversations.js';
import type { TemporalSettings } from '../../../temporal/settings.js';
import type { SourceSdkOptions } from './routes.js';

type Sources = Parameters<typeof sourceSdkChannels>[0];

export type ConnectedSourceSdk = {
  readonly options: SourceSdkOptions | undefined;
  close(): Promise<void>;
};

export function connectSourceSdk(
  temporal: TemporalSettings,
  sources: Sources,
  secrets: SourceSdkSecrets | undefined,
): ConnectedSourceSdk {
  if (!secrets) return { options: undefined, close: () => Promise.resolve() };
  const conversations = connectSourceSdkConversations(temporal);
  return {
    options: { secrets, sources: sourcesOfBots(sources), conversations },
    close: () => conversations.close(),
  };
}

/** By name. */
export function sourcesOfBots(sources: Sources): SourceSdkOptions['sources'] {
  const named = [...sourceSdkChannels(sources)].map(
    ([name, { settings }]) => [name, { botIdentityId: settings.botIdentity.id }] as const,
  );
  return new Map(named);
}

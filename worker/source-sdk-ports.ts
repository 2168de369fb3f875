/**
 * Creates the ports of Source SDK activities from the business settings, the environment and the
 * platform's address.
 */
import type { SourceSdkPorts } from '../activities/source-sdk/ports.js';
import { createSourceSdkBot } from '../engage/source-sdk/bot-client.js';
import { createSdkClient, realtimeUrl } from '../engage/source-sdk/client.js';
import type { BusinessSettings } from '../settings/business.js';
import { sourceSdkChannels, type SourceSdkSecrets } from '../settings/source-sdk.js';

export function createSourceSdkPorts(
  business: BusinessSettings,
  engage: { readonly url: string; readonly sourceSdk?: SourceSdkSecrets | undefined },
): Omit<SourceSdkPorts, 'sourceSdkThreads'> {
  const channels = sourceSdkChannels(business.sources);
  const { sourceSdk: secrets } = engage;
  const sourceSdkSettingsOf = (source: string) => channels.get(source)?.settings;
  if (!secrets) return { sourceSdkSettingsOf };
  const bots = [...channels].map(
    ([name, { channel }]) =>
      [
        name,
        createSourceSdkBot({
          url: channel.callbackUrl,
          secret: secrets.bot,
          timeout: channel.timeout,
        }),
      ] as const,
  );
  const byName = new Map(bots);
  return {
    sourceSdkSettingsOf,
    sourceSdkBots: (source) => byName.get(source),
    sdk: createSdkClient({
      url: realtimeUrl(engage.url),
      secret: secrets.sdk,
      timeout: business.engageTimeout,
    }),
  };
}

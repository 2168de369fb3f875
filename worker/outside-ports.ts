/** What activities of outside conversations need, from the business, the environment and the platform's address. */
import type { OutsidePorts } from '../activities/outside/ports.js';
import { createOutsideBot } from '../engage/source-sdk/bot-client.js';
import { createSdkClient, realtimeUrl } from '../engage/source-sdk/client.js';
import type { BusinessSettings } from '../settings/business.js';
import { outsideChannels, type OutsideSecrets } from '../settings/outside.js';

export function createOutsidePorts(
  business: BusinessSettings,
  engage: { readonly url: string; readonly outside?: OutsideSecrets | undefined },
): Omit<OutsidePorts, 'outsideThreads'> {
  const channels = outsideChannels(business.sources);
  const { outside: secrets } = engage;
  const outsideSettingsOf = (source: string) => channels.get(source)?.settings;
  if (!secrets) return { outsideSettingsOf };
  const bots = [...channels].map(
    ([name, { channel }]) =>
      [
        name,
        createOutsideBot({
          url: channel.callbackUrl,
          secret: secrets.bot,
          timeout: channel.timeout,
        }),
      ] as const,
  );
  const byName = new Map(bots);
  return {
    outsideSettingsOf,
    outsideBots: (source) => byName.get(source),
    sdk: createSdkClient({
      url: realtimeUrl(engage.url),
      secret: secrets.sdk,
      timeout: business.engageTimeout,
    }),
  };
}

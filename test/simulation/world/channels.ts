/** Sources with a channel of their own are set up as an administrator does it. */
import { secrets } from '../../../local/secrets.js';
import { categories } from '../../../simulator/seed.js';
import { control } from './control.js';
import { outsideSourceId, type BusinessChoices } from './business.js';
import { outsideSource } from './outside-bot.js';
import type { World } from './world.js';

/** @param ingress Baton's address @throws Impossible when Baton does not answer */
export async function openChannels(
  world: World,
  { messenger, hasOutsideBot }: BusinessChoices,
  ingress: string,
): Promise<void> {
  if (messenger) {
    const page = {
      ...{ source: 'messages', primary: messenger, token: secrets.BATON_MESSENGER_TOKEN },
      webhook: {
        url: `${ingress}/channels/messenger`,
        app_secret: secrets.BATON_MESSENGER_APP_SECRET,
        verify_token: secrets.BATON_MESSENGER_VERIFY_TOKEN,
      },
    };
    await control(world, '/messenger', page, 'PUT');
  }
  if (hasOutsideBot) {
    const channel = {
      ...{ id: outsideSourceId, name: outsideSource, url: `${ingress}/channels/source-sdk` },
      ...{ secret: secrets.BATON_SOURCE_SDK_SECRET, categories: [categories.bot] },
    };
    await control(world, '/sdk', channel, 'PUT');
  }
}

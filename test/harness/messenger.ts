/** A Facebook page in a world: one source on it, and who has whose thread. */
import type { BatonConfig } from '../../settings/business.js';
import { messengerPage } from '../../simulator/seed.js';
import type { Conversation } from './conversation.js';
import { testConfig, type TestChoices } from './test-config.js';
import { secrets, startWorld, type World } from './world.js';

export type Primary = 'bot' | 'platform' | 'none';
type SourceConfig = NonNullable<TestChoices['source']>;

/**
 * What a source says that hands over on the simulated page.
 *
 * @param within how long Facebook or the platform may take to answer
 */
export function onPage(primary: Primary, within = '700ms'): Partial<SourceConfig> {
  const { page_id: pageId, app_ids: apps } = messengerPage;
  const page = { pageId, appId: apps.bot, platformAppId: apps.platform };
  return { driver: 'messenger', messenger: { ...page, primary, within } };
}

/** Only the source `messages` is like this. */
export function withMessages(more: Partial<SourceConfig>, rest: TestChoices = {}): BatonConfig {
  const config = testConfig(rest);
  const { messages } = config.sources;
  if (!messages) throw new Error('there is no source named messages');
  return { ...config, sources: { ...config.sources, messages: { ...messages, ...more } } };
}

/** The source becomes the page, with all its threads as if nobody had ever had them. */
export async function openPage(world: World, primary: Primary): Promise<void> {
  await world.control.messenger({
    source: 'messages',
    primary,
    token: secrets.BATON_MESSENGER_TOKEN,
    webhook: {
      url: world.webhookUrl.replace('/webhooks/engage', '/channels/messenger'),
      app_secret: secrets.BATON_MESSENGER_APP_SECRET,
      verify_token: secrets.BATON_MESSENGER_VERIFY_TOKEN,
    },
  });
}

export async function startPage(
  primary: Primary,
  more: Partial<SourceConfig> = {},
): Promise<World> {
  const world = await startWorld({ config: withMessages({ ...onPage(primary), ...more }) });
  await openPage(world, primary);
  return world;
}

/** Who got control, in order. */
export async function controlHistory(
  world: Pick<World, 'simulator'>,
  customer: string,
): Promise<readonly (string | null)[]> {
  const response = await fetch(`${world.simulator.url}/messenger`);
  const { history } = (await response.json()) as {
    history: readonly { customer: string; app: string | null }[];
  };
  return history.filter((one) => one.customer === customer).map(({ app }) => app);
}

/** Calls about this thread, by method and path. */
export async function callsOf(world: World, ana: Conversation, path: string): Promise<number> {
  const { requests } = await world.control.record(ana.thread);
  return requests.filter((one) => `${one.method} ${one.path}` === path).length;
}

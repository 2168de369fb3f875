/**
 * The business settings of a terminal chat: one bot's script, or one source of a `baton.config.ts`, mapped
 * to the simulated account. The source's bots, texts and policies stay as they are.
 */
import { basename, extname } from 'node:path';
import { sourceSdkBotName } from '../../bots/source-sdk.js';
import type { BatonConfig, BusinessSettings } from '../../settings/business.js';
import { parseConfig, readConfig } from '../../settings/load-config.js';
import { SettingsError } from '../../settings/settings-error.js';
import { categories, identities, sources, users } from '../../simulator/seed.js';

export type Played = { readonly business: BusinessSettings; readonly source: string };

/** Settings of a real account that have no meaning on the simulated one. */
const ofTheAccount = ['driver', 'virtualAgent', 'messenger', 'teams'];

/** @throws SettingsError */
export async function loadBusiness(file: string, wanted?: string): Promise<Played> {
  const isScript = ['.yaml', '.yml'].includes(extname(file));
  const config = isScript ? configOfScript(file) : ((await readConfig(file)) as BatonConfig);
  // Names are validated in the original file, before anything is removed.
  if (!isScript) parseConfig(config);
  const source = wanted ?? Object.keys(config.sources)[0] ?? '';
  const own = config.sources[source];
  const refuse = (problem: string) =>
    new SettingsError([{ setting: `sources.${source}`, problem }]);
  if (!own)
    throw refuse(`unknown source; configured sources: ${Object.keys(config.sources).join(', ')}`);
  if (own.bot === sourceSdkBotName)
    throw refuse('its bot uses the Source SDK, so that chat cannot call it');
  const kept = Object.entries(own).filter(([name]) => !ofTheAccount.includes(name));
  const business = parseConfig({
    bots: config.bots,
    botUser: { userId: users.bot, identityIds: [identities.brand] },
    automaticIdentityIds: [identities.welcome],
    sources: { [source]: { ...Object.fromEntries(kept), ...simulated } },
  });
  return { business, source };
}

const simulated = {
  id: sources.chat,
  categories: { bot: categories.bot, agent: categories.agent },
};

function configOfScript(path: string): BatonConfig {
  const name = basename(path, extname(path));
  const common = { burst: { quiet: '300ms' }, settleWindow: '1s' };
  return {
    botUser: { userId: users.bot },
    bots: { [name]: { scripted: path } },
    sources: { chat: { ...simulated, ...common, bot: name } },
  };
}

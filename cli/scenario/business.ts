/**
 * The business settings of a scenario: `baton.config.ts` (or the file in `BATON_CONFIG`), with the
 * scenario's own settings and bot applied to its source.
 */
import type { BatonConfig, BusinessSettings } from '../../settings/business.js';
import { parseConfig, readConfig } from '../../settings/load-config.js';
import { SettingsError } from '../../settings/settings-error.js';
import { sources } from '../../simulator/seed.js';
import type { Path } from './located.js';

export type Choices = {
  readonly source: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly bot?: unknown;
};

/** A conflict between the scenario's header and the business settings, or with what scenarios support. */
export type Clash = { readonly path: Path; readonly problem: string };

type Outcome = { readonly business: BusinessSettings } | { readonly clashes: readonly Clash[] };

const botName = 'scenario';

/** @throws SettingsError for an error in the business settings themselves */
export async function loadBusiness(choices: Choices): Promise<Outcome> {
  const { source, settings, bot } = choices;
  const path = process.env['BATON_CONFIG'] ?? 'baton.config.ts';
  const config = (await readConfig(path)) as BatonConfig;
  parseConfig(config);
  const own = config.sources[source];
  if (!own) {
    const known = Object.keys(config.sources).join(', ');
    return { clashes: [{ path: ['source'], problem: `unknown source; expected one of ${known}` }] };
  }
  if (!Object.values(sources).includes(own.id as (typeof sources)['chat'])) {
    const problem = `its id in ${path} is not one of the simulated account`;
    return { clashes: [{ path: ['source'], problem }] };
  }
  const played = {
    ...config,
    bots: { ...config.bots, ...(bot !== undefined && { [botName]: { scripted: bot } }) },
    sources: {
      ...config.sources,
      [source]: { ...over(own, settings), ...(bot !== undefined && { bot: botName }) },
    },
  };
  try {
    return { business: parseConfig(played) };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { clashes: error.wrong.map((wrong) => clashOf(wrong, source)) };
  }
}

/** Objects are merged recursively, all other values are replaced. */
function over(
  own: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...own };
  for (const [name, value] of Object.entries(given)) {
    const before = own[name];
    merged[name] = isGroup(before) && isGroup(value) ? over(before, value) : value;
  }
  return merged;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Maps `sources.chat.burst.quiet` to `settings.burst.quiet` of the scenario. */
function clashOf(wrong: { setting: string; problem: string }, source: string): Clash {
  const { setting, problem } = wrong;
  const ofSource = `sources.${source}.`;
  const ofBot = `bots.${botName}.scripted`;
  if (setting.startsWith(ofSource)) {
    const path = ['settings', ...setting.slice(ofSource.length).split('.')];
    return { path, problem: `${path.join('.')}: ${problem}` };
  }
  if (!setting.startsWith(ofBot)) return { path: [], problem: `${setting}: ${problem}` };
  const path = ['bot', ...setting.slice(ofBot.length).split('.').filter(Boolean)];
  return { path, problem: `${path.join('.')}: ${problem}` };
}

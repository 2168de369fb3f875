/**
 * Checks each source of the bot: it exists, is active, has the bot's default category, and its routing
 * keeps threads with the bot.
 */
import type { Source, Topology } from '../../engage/people-resources.js';
import type { BusinessSettings } from '../../settings/business.js';
import type { Account } from './account.js';
import { error, ok, orOk, unseen, warning, type Finding } from './finding.js';

type OurSource = BusinessSettings['sources'][string];

export function checkSources(account: Account, { sources }: BusinessSettings): readonly Finding[] {
  if (!account.sources) {
    const what = 'the token may not see sources';
    return [error('source', { what, mend: 'Admin > Users > the bot’s user > sources' })];
  }
  const byId = new Map(account.sources.map((source) => [source.id, source]));
  return [
    ...Object.entries(sources).flatMap(([name, ours]) => {
      const source = byId.get(ours.id);
      return source
        ? [...checkSource(name, ours, source), ...checkChannel(name, account, source)]
        : [missing(name, ours)];
    }),
    ...checkTopology(account),
    ...checkTeams(account, sources),
  ];
}

function missing(name: string, { id }: OurSource): Finding {
  return error('source', {
    what: `source ${id} (${name}) does not exist, or the bot’s user may not read it`,
    mend: 'Admin > Sources: put the id (in the edit URL) into sources.*.id',
  });
}

function checkSource(name: string, ours: OurSource, source: Source): readonly Finding[] {
  const { default_category_ids: born, time_for_thread_inclusion: seconds } = source;
  const page = `Admin > Sources > ${name}`;
  const { bot, agent } = ours.categories;
  const delay = Math.round(ours.threadInclusionDelay / 1_000);
  return orOk('source', `source ${name} is active, and its new threads go to the bot`, [
    source.active === false &&
      error('source', { what: `source ${name} is not active`, mend: `${page}: activate it` }),
    !born.includes(bot) &&
      error('default-categories', {
        what: `new threads of ${name} do not get the bot’s category: the bot never answers`,
        mend: `${page} > default categories: ${bot}`,
      }),
    born.includes(agent) &&
      error('default-categories', {
        what: `new threads of ${name} get the agents’ category: agents are offered them at once`,
        mend: `${page} > default categories: remove ${agent} (unless an emergency is active)`,
      }),
    typeof seconds === 'number' &&
      seconds !== delay &&
      warning('source', {
        what: `time for thread inclusion of ${name} is ${seconds} here, ${delay} s in baton.config.ts`,
        mend: `${page}, or sources.${name}.threadInclusionDelay; its unit is not documented`,
      }),
  ]);
}

function checkChannel(name: string, { channels }: Account, source: Source): readonly Finding[] {
  const mend = 'Admin > Routing > Channels: put the source into a channel';
  if (!channels) {
    return [unseen('channel', { what: 'the token may not see channels', mend })];
  }
  const isIn = channels.some(
    ({ id, source_ids: ids }) => id === source.channel_id || ids.includes(source.id),
  );
  const what = `source ${name} is in no channel: no agent can be available for it`;
  return isIn
    ? [ok('channel', `source ${name} is in a channel`)]
    : [error('channel', { what, mend })];
}

const topologyPage = 'Admin > Routing > Topologies';

/** The format of a topology is not published: what is not understood is reported for a manual check. */
function checkTopology({ topologies }: Account): readonly Finding[] {
  const steps = topologies?.filter(isActive).flatMap(({ config }) => anyoneSteps(config));
  if (!steps || steps.length === 0) {
    const what = 'the API does not return the duration of the "anyone" step of the active topology';
    return [unseen('topology', { what, mend: `${topologyPage}: it must last 0` })];
  }
  if (steps.every((duration) => duration === 0)) {
    return [ok('topology', 'the "anyone" step of the active topology lasts 0')];
  }
  const what =
    'the "anyone" step of the active topology is longer than 0: agents are offered the bot’s threads';
  return [
    error('topology', { what, mend: `${topologyPage} > the active topology: 0 for "anyone"` }),
  ];
}

function isActive({ config }: Topology): boolean {
  return config?.['active'] !== false;
}

/** Durations of all steps named "anyone", at any depth. */
function anyoneSteps(config: unknown): readonly number[] {
  if (typeof config !== 'object' || config === null) return [];
  const entries = Object.values(config).flatMap(anyoneSteps);
  if (!('name' in config) || !('duration' in config)) return entries;
  const { name, duration } = config;
  const isAnyone = typeof name === 'string' && /anyone/i.test(name);
  return isAnyone && typeof duration === 'number' ? [duration, ...entries] : entries;
}

function checkTeams({ teams }: Account, sources: BusinessSettings['sources']): readonly Finding[] {
  const wanted = [...new Set(Object.values(sources).flatMap((source) => source.teams))];
  if (wanted.length === 0) return [];
  const mend = 'Admin > Teams: put the ids into sources.*.teams';
  if (!teams) return [unseen('teams', { what: 'the token may not see teams', mend })];
  const unknown = wanted.filter((id) => !teams.some((team) => team.id === id));
  return orOk('teams', 'all configured teams exist', [
    unknown.length > 0 && error('teams', { what: `there is no team ${unknown.join(', ')}`, mend }),
  ]);
}

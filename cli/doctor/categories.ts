/** Checks the two categories between which a handover moves threads, and the users with these skills. */
import type { BusinessSettings } from '../../settings/business.js';
import type { Account } from './account.js';
import { error, orOk, unseen, warning, type Finding } from './finding.js';

type Pair = { readonly bot: string; readonly agent: string };

const page = 'Admin > Categories';
const skills = 'Admin > Users > the user > categories (skills)';

export function checkCategories(account: Account, business: BusinessSettings): readonly Finding[] {
  const pairs = new Map<string, Pair>();
  for (const { categories } of Object.values(business.sources)) {
    pairs.set(`${categories.bot} ${categories.agent}`, categories);
  }
  return [...pairs.values()].flatMap((pair) => [
    ...checkPair(account, pair),
    ...checkSkills(account, pair, business),
  ]);
}

function checkPair({ categories }: Account, { bot, agent }: Pair): readonly Finding[] {
  if (!categories) {
    const what = 'the token may not see categories';
    return [unseen('categories', { what, mend: `${page}: compare the ids` })];
  }
  const byId = new Map(categories.map((category) => [category.id, category]));
  const missing = [bot, agent].filter((id) => !byId.has(id));
  const parents = [bot, agent].map((id) => byId.get(id)?.parent_id);
  const [parent] = parents;
  const isShared = parent !== undefined && parents.every((one) => one === parent);
  const isMultiple = isShared && byId.get(parent)?.multiple === true;
  return orOk('categories', `the categories ${bot} and ${agent} exclude each other`, [
    missing.length > 0 &&
      error('categories', {
        what: `there is no category ${missing.join(', ')}`,
        mend: `${page}: put the ids (in the edit URL) into sources.*.categories`,
      }),
    bot === agent &&
      error('categories', {
        what: 'bot and agent are the same category',
        mend: `${page}: make two, under one parent`,
      }),
    missing.length === 0 &&
      !isShared &&
      warning('categories', {
        what: 'the bot’s and the agents’ category have no parent in common',
        mend: `${page}: one parent, not multiple, so that one excludes the other`,
      }),
    isMultiple &&
      warning('categories', {
        what: 'their parent is multiple: a thread may be the bot’s and the agents’ at once',
        mend: `${page} > the parent: not multiple`,
      }),
  ]);
}

function checkSkills(
  { skilled, rights }: Account,
  { bot, agent }: Pair,
  { botUser, sources }: BusinessSettings,
): readonly Finding[] {
  const isHuman = ({ id, enabled }: { id: string; enabled: boolean | undefined }) =>
    id !== botUser.userId && enabled !== false;
  const humansOf = (id: string) => skilled.get(id)?.filter(isHuman);
  const [agents, strays] = [humansOf(agent), humansOf(bot)];
  const theirs = Object.entries(sources).filter(([, one]) => one.categories.agent === agent);
  const mute = theirs.filter(([, { id }]) => {
    return !agents?.some((human) => rights.get(human.id)?.[id]?.includes('reply'));
  });
  return orOk('skills', 'agents have the agents’ category as a skill, and none has the bot’s', [
    (!agents || !strays) && unseen('skills', { what: 'the token may not see users', mend: skills }),
    agents?.length === 0 &&
      error('skills', {
        what: `no agent has the agents’ category ${agent}: handovers are never accepted`,
        mend: skills,
      }),
    agents !== undefined &&
      agents.length > 0 &&
      mute.length > 0 &&
      error('skills', {
        what: `none of the first of them may reply on ${mute.map(([name]) => name).join(', ')}`,
        mend: 'Admin > Users > the user > permissions on sources',
      }),
    strays !== undefined &&
      strays.length > 0 &&
      error('skills', {
        what: `agents have the bot’s category ${bot}, and are offered its threads: ${strays
          .map(({ id }) => id)
          .join(', ')}`,
        mend: `${skills}: remove it`,
      }),
  ]);
}

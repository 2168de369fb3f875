/**
 * Compact encoding of which people may answer on which source, category and team. Pure.
 *
 * People with identical rights share one entry. Its key holds three bit sets in hexadecimal (sources
 * they may reply on, categories they have, teams they are in, each in the plan's order); its value
 * holds their ids, separated by spaces. Size: 10,000 people with all different rights on 200 sources
 * take less than 1 MB, with ten kinds of rights about 250 kB. Temporal's limit for a message is 2 MB.
 */
import type { DirectoryPlan, People, WhoMayAnswer } from './directory.js';

/** The rights kept for one person, limited to the ids that the plan names. */
export type Rights = {
  readonly sourceIds: readonly string[];
  readonly categoryIds: readonly string[];
  readonly teamIds: readonly string[];
};

type Order = Pick<DirectoryPlan, 'sourceIds' | 'categoryIds' | 'teamIds'>;

export function addPerson(people: People, order: Order, id: string, rights: Rights): People {
  return addPeople(people, { [keyOf(order, rights)]: id });
}

export function addPeople(people: People, more: People): People {
  const all: Record<string, string> = { ...people };
  for (const [rights, ids] of Object.entries(more)) {
    const known = all[rights];
    all[rights] = known === undefined ? ids : `${known} ${ids}`;
  }
  return all;
}

export function countPeople(people: People): number {
  return Object.values(people).reduce((total, ids) => total + ids.split(' ').length, 0);
}

/**
 * Returns the given agents that have the source, the category and, if teams are given, one of the
 * teams.
 */
export function agentsWhoMayAnswer(
  people: People,
  order: Order,
  { sourceId, categoryId, teamIds, agentIds }: WhoMayAnswer,
): readonly string[] {
  const asked = new Set(agentIds);
  const source = order.sourceIds.indexOf(sourceId);
  const category = order.categoryIds.indexOf(categoryId);
  const teams = teamIds.map((id) => order.teamIds.indexOf(id));
  const may = ([rights]: readonly [string, string]) => {
    const [sources, categories, inTeams] = rights.split('.');
    const isInTeam = teams.length === 0 || teams.some((team) => has(inTeams, team));
    return has(sources, source) && has(categories, category) && isInTeam;
  };
  const ids = Object.entries(people)
    .filter(may)
    .flatMap(([, these]) => these.split(' '));
  return [...new Set(ids.filter((id) => asked.has(id)))];
}

function keyOf(order: Order, rights: Rights): string {
  return [
    toBits(order.sourceIds, rights.sourceIds),
    toBits(order.categoryIds, rights.categoryIds),
    toBits(order.teamIds, rights.teamIds),
  ].join('.');
}

const bitsOfADigit = 4;

function toBits(order: readonly string[], some: readonly string[]): string {
  const chosen = new Set(some);
  let digits = '';
  for (let at = 0; at < order.length; at += bitsOfADigit) {
    const four = order.slice(at, at + bitsOfADigit);
    const digit = four.reduce((sum, id, bit) => sum + (chosen.has(id) ? 2 ** bit : 0), 0);
    digits += digit.toString(16);
  }
  return digits;
}

function has(digits: string | undefined, index: number): boolean {
  const digit = digits?.[Math.floor(index / bitsOfADigit)];
  if (index < 0 || digit === undefined) return false;
  return Math.floor(Number.parseInt(digit, 16) / 2 ** (index % bitsOfADigit)) % 2 === 1;
}

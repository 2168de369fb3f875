/** Who may answer where: the compact form in which people are kept, and the life of a reading. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  DirectoryPlan,
  People,
  PeoplePortion,
} from '../../../workflows/contract/directory.js';
import {
  afterFacts,
  afterLoss,
  afterPause,
  afterPeople,
  ask,
  begin,
  newDirectory,
  nextStep,
  troubleLimit,
  createDirectoryView,
  type DirectoryState,
} from '../../../workflows/directory/state.js';
import {
  addPeople,
  addPerson,
  countPeople,
  agentsWhoMayAnswer,
} from '../../../workflows/contract/agents.js';

const named = (what: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${what}-${index}`);
const plan: DirectoryPlan = {
  sourceIds: named('source', 9),
  categoryIds: named('category', 3),
  teamIds: named('team', 2),
  botUserId: 'bot',
  pace: 0,
  callTimeout: 1_000,
  portion: 300,
};

describe('people', () => {
  it('are asked for by source, category and team, as a plain list of them would be', () => {
    const some = (ids: readonly string[]) => fc.subarray([...ids]);
    const person = fc.record({
      sourceIds: some(plan.sourceIds),
      categoryIds: some(plan.categoryIds),
      teamIds: some(plan.teamIds),
    });
    const question = fc.record({
      sourceId: fc.constantFrom(...plan.sourceIds, 'unknown'),
      categoryId: fc.constantFrom(...plan.categoryIds, 'unknown'),
      teamIds: some([...plan.teamIds, 'unknown']),
    });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 40 }), question, (all, wanted) => {
        const people = all.reduce<People>(
          (kept, rights, index) => addPerson(kept, plan, `${index}`, rights),
          {},
        );
        const { sourceId, categoryId, teamIds } = wanted;
        const naive = all.flatMap((rights, index) => {
          const inTeam = teamIds.length === 0 || teamIds.some((id) => rights.teamIds.includes(id));
          const may =
            rights.sourceIds.includes(sourceId) && rights.categoryIds.includes(categoryId);
          return may && inTeam ? [`${index}`] : [];
        });
        const agentIds = ['somebody', ...all.map((_, index) => `${index}`)];
        const answer = agentsWhoMayAnswer(people, plan, { ...wanted, agentIds });
        expect([...answer].sort()).toEqual(naive.sort());
        expect(agentsWhoMayAnswer(people, plan, { ...wanted, agentIds: [] })).toEqual([]);
      }),
    );
  });

  it('10,000 who all differ on 200 sources take less than a megabyte, 10 kinds a quarter', () => {
    const large = { ...plan, sourceIds: named('source', 200) };
    const id = (index: number) => index.toString(16).padStart(24, '0');
    const createMany = (kinds: number) => {
      const portions = Array.from({ length: 10_000 }, (_, index) => {
        const bits = (index % kinds).toString(2);
        const sourceIds = large.sourceIds.filter((_, at) => bits[at % 20] === '1');
        return addPerson({}, large, id(index), { sourceIds, categoryIds: [], teamIds: [] });
      });
      const people: Record<string, string> = {};
      for (const one of portions) {
        for (const [rights, ids] of Object.entries(one)) {
          people[rights] = people[rights] === undefined ? ids : `${people[rights]} ${ids}`;
        }
      }
      return people;
    };
    const [different, alike] = [createMany(10_000), createMany(10)];
    expect(countPeople(different)).toBe(10_000);
    expect(JSON.stringify(different).length).toBeLessThan(1_000_000);
    expect(JSON.stringify(alike).length).toBeLessThan(260_000);
  });

  it('of two portions are those of both', () => {
    const rights = { sourceIds: ['source-8'], categoryIds: ['category-2'], teamIds: [] };
    const people = addPeople(addPerson({}, plan, 'a', rights), addPerson({}, plan, 'b', rights));
    expect(countPeople(people)).toBe(2);
  });
});

const facts = { sources: [], idleRoleIds: [], calls: 2 };
const wanted = { by: 'olga', plan };
const rights = { sourceIds: ['source-0'], categoryIds: ['category-0'], teamIds: [] };
const whole: PeoplePortion = {
  people: addPerson({}, plan, 'ana', rights),
  offset: 1,
  isComplete: true,
  calls: 3,
};
const passing = { code: 'Engage.PlatformFailed', retryAfter: 1_000, isPassing: true };
const lasting = { code: 'Engage.NotAuthorised', retryAfter: 0, isPassing: false };

function reading(from = newDirectory()): DirectoryState {
  return begin(ask(from, wanted));
}
function read(from = newDirectory()): DirectoryState {
  return afterPeople(afterFacts(reading(from), facts, 10), whole, 20);
}

describe('a reading', () => {
  it('replaces what was known when it is whole, and counts its calls', () => {
    const state = read();
    expect(nextStep(state)).toBeUndefined();
    expect(createDirectoryView(state)).toEqual({
      lastGood: {
        completedAt: '1970-01-01T00:00:00.020Z',
        people: 1,
        sources: 0,
        calls: 5,
        size: expect.any(Number) as number,
      },
      isRefreshing: false,
      askedBy: 'olga',
      calls: 5,
    });
  });

  it('goes on where a portion ended', () => {
    const some = { ...whole, offset: 150, isComplete: false };
    const state = afterPeople(afterFacts(reading(), facts, 10), some, 20);
    expect(nextStep(state)).toMatchObject({ do: 'people', input: { offset: 150 } });
    expect(createDirectoryView(state)).toMatchObject({ isRefreshing: true });
  });

  it('that meets passing trouble waits, longer each time, and keeps what it has', () => {
    let state = afterFacts(reading(), facts, 10);
    const pauses: number[] = [];
    const stuck = { ...whole, people: {}, offset: 0, isComplete: false, trouble: passing };
    for (let step = nextStep(state); step?.do === 'people'; step = nextStep(state)) {
      state = afterPeople(state, stuck, 30);
      const pause = nextStep(state);
      if (pause?.do === 'pause') pauses.push(pause.time);
      state = afterPause(state);
    }
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000]);
    expect(pauses).toHaveLength(troubleLimit - 1);
    expect(createDirectoryView(state).trouble).toEqual({
      code: passing.code,
      since: expect.any(String) as string,
    });
  });

  it('that cannot be done ends at once; the last good one stays, since when is remembered', () => {
    const failed = afterFacts(reading(read()), { calls: 1, trouble: lasting }, 1_000);
    const again = afterFacts(reading(failed), { calls: 1, trouble: lasting }, 90_000);
    for (const state of [failed, again]) {
      const { lastGood, trouble, isRefreshing } = createDirectoryView(state);
      expect({ people: lastGood?.people, isRefreshing }).toEqual({
        people: 1,
        isRefreshing: false,
      });
      expect(trouble).toEqual({ code: lasting.code, since: '1970-01-01T00:00:01.000Z' });
    }
    expect(createDirectoryView(read(again)).trouble).toBeUndefined();
  });

  it('whose worker died has spent what it was allowed', () => {
    const state = afterLoss(afterFacts(reading(), facts, 10), plan.portion, 20);
    expect(createDirectoryView(state).calls).toBe(302);
    expect(nextStep(state)?.do).toBe('pause');
  });
});

describe('asking', () => {
  const other = { by: 'worker', plan: { ...plan, categoryIds: ['other'] } };
  it('while it is read for the same plan changes nothing', () => {
    const state = reading();
    expect(ask(state, wanted)).toBe(state);
  });
  it('for another plan is done next', () => {
    const state = ask(reading(), other);
    expect(begin(state)).toBe(state);
    const done = begin(afterPeople(afterFacts(state, facts, 10), whole, 20));
    expect(nextStep(done)).toMatchObject({ do: 'facts', input: { categoryIds: ['other'] } });
  });
  it.each([
    ['nothing is known', newDirectory(), wanted, true],
    ['this is known', read(), wanted, false],
    ['this is known, read at another pace', read(), { by: 'w', plan: { ...plan, pace: 9 } }, false],
    ['another plan is known', read(), other, true],
  ])('where needed, and %s', (_, state, input, isAsked) => {
    const asked = ask(state, { ...input, isIfNeeded: true });
    expect(asked.wanted !== undefined).toBe(isAsked);
  });
});

/**
 * Who could take the thread, by what the platform and the directory say: each condition of its own, and
 * nobody counts without the right to reply, even where the platform's own filter lets them through.
 */
import { describe, expect, it } from 'vitest';
import { agentAvailability } from '../../activities/agent-availability.js';
import { agentStatusSchema } from '../../engage/people-resources.js';
import type { DirectoryPlan, People } from '../../workflows/contract/directory.js';
import { addPerson, agentsWhoMayAnswer, type Rights } from '../../workflows/contract/agents.js';

const plan = {
  sourceIds: ['chat', 'mail'],
  categoryIds: ['agent', 'billing'],
  teamIds: ['day', 'night'],
} as unknown as DirectoryPlan;
const all: Rights = { sourceIds: ['chat'], categoryIds: ['agent'], teamIds: ['day'] };
const free = { id: 'realtime', status: 'available', busyness: 'ok' };
const place = { sourceId: 'chat', categoryId: 'agent' };

type Given = {
  readonly rights?: Partial<Rights>;
  readonly channels?: readonly object[];
  readonly isRealtime?: boolean;
  readonly channelId?: string | undefined;
  readonly ask?: 'always' | 'whenRealtime';
  readonly teamIds?: readonly string[];
  readonly isRead?: boolean;
};

async function answer(given: Given) {
  const people: People = addPerson({}, plan, 'ana', { ...all, ...given.rights });
  const isRead = given.isRead ?? true;
  const { isRealtime = true } = given;
  const channelId = 'channelId' in given ? given.channelId : 'realtime';
  let calls = 0;
  const asking = {
    agentsAt: () => {
      calls += 1;
      const channels = given.channels ?? [free];
      return Promise.resolve([agentStatusSchema.parse({ agent_id: 'ana', channels })]);
    },
    directory: {
      source: (id: string) => Promise.resolve(isRead ? { id, channelId, isRealtime } : undefined),
      mayAnswer: (question: Parameters<typeof agentsWhoMayAnswer>[2]) =>
        Promise.resolve(isRead ? agentsWhoMayAnswer(people, plan, question) : undefined),
      ask: () => Promise.resolve(),
    },
  };
  const { ask = 'whenRealtime', teamIds = [] } = given;
  return { agents: await agentAvailability(asking, place, { ask, teamIds }), calls };
}

describe('one human', () => {
  it.each<[string, Given, string]>([
    ['who has it all', {}, 'available'],
    ['without the right to reply there', { rights: { sourceIds: ['mail'] } }, 'nobody'],
    ['without the category', { rights: { categoryIds: ['billing'] } }, 'nobody'],
    ['of a team that counts', { teamIds: ['day', 'night'] }, 'available'],
    ['of another team', { teamIds: ['night'] }, 'nobody'],
    ['who is busy', { channels: [{ ...free, busyness: 'busy' }] }, 'available'],
    ['who is full', { channels: [{ ...free, busyness: 'full' }] }, 'nobody'],
    ['who is away', { channels: [{ ...free, status: 'away' }] }, 'nobody'],
    ['who is not connected there', { channels: [{ ...free, status: null }] }, 'nobody'],
    ['on another channel', { channels: [{ ...free, id: 'async' }] }, 'nobody'],
    ['on no channel', { channels: [] }, 'nobody'],
  ])('%s', async (_, given, agents) => {
    expect(await answer(given)).toEqual({ agents, calls: 1 });
  });
});

describe('the platform is not asked, and nobody knows,', () => {
  it.each<[string, Given]>([
    ['as long as the directory has not been read', { isRead: false }],
    ['for a source whose customers do not wait at the screen', { isRealtime: false }],
    ['for a source without a channel', { channelId: undefined }],
  ])('%s', async (_, given) => {
    expect(await answer(given)).toEqual({ agents: 'unknown', calls: 0 });
  });

  it('but it is where the business wants it asked always', async () => {
    expect(await answer({ isRealtime: false, ask: 'always' })).toMatchObject({
      agents: 'available',
    });
  });
});

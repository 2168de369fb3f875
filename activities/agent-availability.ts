/**
 * Checks whether an agent could take a thread of this source and category now. Makes at most one call
 * to the platform, and reuses its result for some seconds. What cannot be found out is `unknown`,
 * never a guess.
 *
 * An agent counts if connected on the source's channel, available and not full (reported by the
 * platform), and if they have the category and may reply there (by the platform's filter and the
 * directory).
 */
import type { AgentStatus } from '../engage/people-resources.js';
import type { CheckAvailabilityInput, Availability } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';

type Asking = Pick<Ports, 'agentsAt' | 'directory'>;

export async function agentAvailability(
  { agentsAt, directory }: Asking,
  { sourceId, categoryId }: CheckAvailabilityInput,
  {
    ask,
    teamIds,
  }: { readonly ask: 'always' | 'whenRealtime'; readonly teamIds: readonly string[] },
): Promise<Availability['agents']> {
  const source = await directory.source(sourceId);
  if (source?.channelId === undefined) return 'unknown';
  if (ask === 'whenRealtime' && !source.isRealtime) return 'unknown';
  const { channelId } = source;
  const connected = await agentsAt({ sourceId, categoryId });
  const agentIds = connected.filter((agent) => isFree(agent, channelId)).map((it) => it.agent_id);
  if (agentIds.length === 0) return 'nobody';
  const may = await directory.mayAnswer({ sourceId, categoryId, teamIds, agentIds });
  if (!may) return 'unknown';
  return may.length > 0 ? 'available' : 'nobody';
}

export function isFree({ channels }: AgentStatus, channelId: string): boolean {
  return channels.some(
    ({ id, status, busyness }) => id === channelId && status === 'available' && busyness !== 'full',
  );
}

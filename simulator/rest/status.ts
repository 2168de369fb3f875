/**
 * `/status`: connected agents with channel and workload. A bare list, unlike all others, and only for
 * roles that may monitor tasks.
 */
import { must, ApiError, type Platform } from '../platform/platform.js';
import type { AgentStatus, User } from '../state.js';
import { channels, teamId } from '../seed.js';
import type { Routes } from './call.js';
import { hash, list } from './parameters.js';

export const statusRoutes: Routes = (on, platform) => {
  const { state } = platform;
  on('get', '/status', ({ parameters, user: caller }) => {
    mustMonitor(platform, caller);
    const sources = list(parameters, 'source_ids');
    const skills = list(parameters, 'category_ids');
    return Object.entries(state.agentStatuses)
      .map(([id]) => must(state.users, id, 'User'))
      .filter((user) => sources?.some((id) => user.sources[id]?.includes('reply')) ?? true)
      .filter((user) => skills?.some((id) => user.category_ids.includes(id)) ?? true)
      .filter((user) => user.enabled)
      .filter(() => list(parameters, 'team_ids')?.includes(teamId) ?? true)
      .filter((user) => isConnected(platform, user))
      .map((user) => showStatus(platform, user.id));
  });
  on('get', '/status/:id', ({ id, user: caller }) => {
    mustMonitor(platform, caller);
    const user = must(state.users, id, 'User');
    if (!isConnected(platform, user)) throw new ApiError(404, 'disconnected', 'Not connected');
    return showStatus(platform, id);
  });
  on('put', '/status/:id', ({ id, parameters }) => {
    const statuses = must(state.agentStatuses, id, 'User');
    for (const [channel, status] of Object.entries(hash(parameters, 'status'))) {
      const known = must(statuses, channel, 'Channel');
      if (status !== 'away' && status !== 'available') {
        throw new ApiError(422, 'validation_error', 'status is neither available nor away');
      }
      known.status = status;
    }
    return showStatus(platform, id);
  });
};

/** @throws ApiError 403 */
function mustMonitor({ state }: Platform, { role_id: role }: User): void {
  if (state.roles[role]?.monitor_tasks) return;
  throw new ApiError(403, 'forbidden', 'You are not allowed to monitor tasks');
}

function isConnected({ state }: Platform, user: User): boolean {
  return Object.values(state.agentStatuses[user.id] ?? {}).some(({ status }) => status !== null);
}

function showStatus({ state }: Platform, userId: string): object {
  const statuses: Record<string, AgentStatus> = state.agentStatuses[userId] ?? {};
  const named = Object.entries(channels).flatMap(([name, id]) => {
    const on = statuses[id];
    return on ? [{ id, name, status: on.status, busyness: on.busyness }] : [];
  });
  return { agent_id: userId, channels: named, custom_status: null };
}

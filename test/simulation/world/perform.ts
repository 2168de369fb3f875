/** Carries out one act of a plan. An act that is impossible now is left out. */
import { ControlError } from '../../../simulator/control/json.js';
import { findIdentity, findSource } from '../../../simulator/control/find.js';
import { agentCloses, agentEngages, agentReplies } from '../../../simulator/platform/agents.js';
import { importContent } from '../../../simulator/platform/contents.js';
import { ApiError } from '../../../simulator/platform/platform.js';
import { users } from '../../../simulator/seed.js';
import type { Thread, User } from '../../../simulator/state.js';
import type { Act } from '../plan/plan.js';
import type { World } from './world.js';

/** @returns false if it was impossible */
export function perform(world: World, act: Act): boolean {
  try {
    performOne(world, act);
    return true;
  } catch (error) {
    if (error instanceof ApiError || error instanceof ControlError || error instanceof Impossible) {
      return false;
    }
    throw error;
  }
}

class Impossible extends Error {}

function performOne(world: World, act: Act): void {
  const { platform } = world.simulator;
  switch (act.do) {
    case 'customer writes': {
      const source = findSource(platform, act.source ?? 'chat');
      const identity = findIdentity(platform, `customer-${act.who}`);
      const { body, hasAttachment = false } = act;
      importContent(platform, source, identity, { body, hasAttachment });
      return;
    }
    case 'agent replies':
      agentReplies(platform, threadOf(world, act.who), agentOf(world, act.agent), {
        body: 'Good morning.',
      });
      return;
    case 'agent takes':
      agentEngages(platform, threadOf(world, act.who), agentOf(world, act.agent));
      return;
    case 'agent closes':
      agentCloses(platform, threadOf(world, act.who), agentOf(world, act.agent));
      return;
    default:
      throw new Impossible(act.do);
  }
}

/** The customer's newest thread. */
export function threadOf({ simulator: { platform } }: World, who: number): Thread {
  const identity = findIdentity(platform, `customer-${who}`);
  const { threads } = platform.state;
  const thread = Object.values(threads).findLast(({ identity_id: id }) => id === identity.id);
  if (!thread) throw new Impossible('no thread');
  return thread;
}

function agentOf({ simulator: { platform } }: World, number: 1 | 2 | 3): User {
  const agent = platform.state.users[users[`agent-${number}`]];
  if (!agent) throw new Impossible('no such agent');
  return agent;
}

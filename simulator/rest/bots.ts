/** `/bots/*`: the calls of virtual agents, and the handover of a bot on Messenger. */
import { handOverOnMessenger } from '../messenger/platform-app.js';
import { closeIntervention, openIntervention } from '../platform/interventions.js';
import { must, ApiError } from '../platform/platform.js';
import { categoriseByApi, lockLater } from '../platform/threads.js';
import type { Intervention } from '../state.js';
import type { Call, Routes } from './call.js';
import { flag, list, needText, text } from './parameters.js';
import { showIntervention } from './show.js';
import { mustRead } from './visible.js';
import { isEngaged } from '../platform/engaged.js';

const success = { status: 200, message: 'Success' };

export const botRoutes: Routes = (on, platform) => {
  const { state } = platform;
  on('post', '/bots/engage', ({ parameters, user }) => {
    const id = needText(parameters, 'content_id');
    const content = mustRead(state.contents, id, { what: 'Content', user });
    return showIntervention(openIntervention(platform, content, user.id), state);
  });
  on('post', '/bots/complete', (call) => {
    const { parameters, user } = call;
    const intervention = interventionOf(call);
    const thread = must(state.threads, intervention.thread_id, 'Thread');
    complete(call, intervention);
    const more = list(parameters, 'thread_category_ids') ?? [];
    if (more.length > 0) {
      categoriseByApi(platform, thread, [...thread.thread_category_ids, ...more], user.id);
    }
    if (flag(parameters, 'close_thread')) lockLater(platform, thread, user.id);
    return success;
  });
  on('post', '/bots/handover', (call) => {
    const [from, to] = [side(call, 'from'), side(call, 'to')];
    if (from === to) throw new ApiError(422, 'validation_error', 'from and to are the same');
    switch (needText(call.parameters, 'type')) {
      case 'messenger': {
        const customer = needText(call.parameters, 'identity_foreign_id');
        handOverOnMessenger(platform, customer, { to, appId: text(call.parameters, 'app_id') });
        return success;
      }
      case 'engage_virtual_agent':
        handOver(call, to);
        return success;
      default:
        throw new ApiError(422, 'validation_error', 'type is unknown');
    }
  });
};

function side({ parameters }: Call, name: 'from' | 'to'): 'bot' | 'agent' {
  const value = needText(parameters, name);
  if (value === 'bot' || value === 'agent') return value;
  throw new ApiError(422, 'validation_error', `${name} must be bot or agent`);
}

function interventionOf({ platform, parameters, user }: Call): Intervention {
  const id = needText(parameters, 'intervention_id');
  return mustRead(platform.state.interventions, id, { what: 'Intervention', user });
}

/** Every obstacle to completion is a 422 here. */
function complete({ platform, user }: Call, intervention: Intervention): void {
  try {
    closeIntervention(platform, intervention.id, user.id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError(422, 'validation_error', error.message);
  }
}

/** Uses the intervention's thread; without one the platform cannot find it. */
function handOver(call: Call, to: 'bot' | 'agent'): void {
  const { platform, parameters, user } = call;
  const intervention = interventionOf(call);
  const isHumans = platform.state.agentStatuses[intervention.user_id] !== undefined;
  if (to === 'bot' && !intervention.closed && isHumans && isEngaged(platform, intervention)) {
    throw new ApiError(422, 'validation_error', 'An agent is engaged on this intervention');
  }
  const ids = list(parameters, 'thread_category_ids');
  const thread = must(platform.state.threads, intervention.thread_id, 'Thread');
  if (ids) categoriseByApi(platform, thread, ids, user.id);
}

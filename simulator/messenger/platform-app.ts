/**
 * How Engage's own Facebook app uses thread control: it takes or requests control for an agent, and
 * releases it when the intervention is closed. Source: Bots guide, Messenger.
 */
import { ApiError, type Platform } from '../platform/platform.js';
import { findOpenIntervention } from '../platform/tasks.js';
import type { Content, Thread } from '../state.js';
import {
  getCustomer,
  describeOwner,
  findPage,
  passControl,
  releaseControl,
  requestControl,
  takeControl,
} from './control.js';
import { isEngaged } from '../platform/engaged.js';

/**
 * An agent opened an intervention or wrote: the app takes control if it is primary, and requests it
 * otherwise.
 */
export function wantControl(platform: Platform, thread: Thread): void {
  const page = findPage(platform, thread.source_id);
  if (!page) return;
  const customer = getCustomer(platform, thread);
  if (describeOwner(platform, page, customer) === 'platform') return;
  if (page.primary === 'platform') takeControl(platform, page, customer, 'platform');
  else requestControl(platform, page, customer, 'platform');
}

/** Only the app with control may write on the page. */
export function mayWrite(platform: Platform, content: Content): boolean {
  const page = findPage(platform, content.source_id);
  const thread = platform.state.threads[content.thread_id];
  if (!page || !thread) return true;
  if (describeOwner(platform, page, getCustomer(platform, thread)) === 'platform') return true;
  wantControl(platform, thread);
  return describeOwner(platform, page, getCustomer(platform, thread)) === 'platform';
}

/** The intervention was closed meanwhile: control was obtained for this content only, and is released. */
export function letGoAfter(platform: Platform, content: Content): void {
  const id = content.intervention_id;
  if (id !== null && platform.state.interventions[id]?.closed) letGo(platform, content.thread_id);
}

export function letGo(platform: Platform, threadId: string): void {
  const thread = platform.state.threads[threadId];
  const page = thread && findPage(platform, thread.source_id);
  if (!page) return;
  const customer = getCustomer(platform, thread);
  if (describeOwner(platform, page, customer) !== 'platform') return;
  releaseControl(platform, page, customer, 'platform');
}

/** `POST /bots/handover?type=messenger`. @throws ApiError */
export function handOverOnMessenger(
  platform: Platform,
  customer: string,
  way: { readonly to: 'bot' | 'agent'; readonly appId: string | undefined },
): void {
  const thread = findThread(platform, customer);
  const page = thread && findPage(platform, thread.source_id);
  if (!page) throw new ApiError(404, 'not_found', 'Identity not found');
  if (way.to === 'agent') {
    requestControl(platform, page, customer, 'platform');
    return;
  }
  if (way.appId !== page.app_ids.bot) {
    throw new ApiError(422, 'validation_error', 'app_id is not an app of this page');
  }
  const open = findOpenIntervention(platform, thread.id);
  if (open && isEngaged(platform, open)) {
    throw new ApiError(422, 'validation_error', 'An intervention is engaged with this identity');
  }
  // If no app has control, the platform's app gets it before it can pass it.
  if (describeOwner(platform, page, customer) === null) {
    requestControl(platform, page, customer, 'platform');
  }
  if (describeOwner(platform, page, customer) === 'bot') return;
  passControl(platform, page, customer, { by: 'platform', to: 'bot' });
}

export function findThread({ state }: Platform, customer: string): Thread | undefined {
  return Object.values(state.threads)
    .filter(
      ({ identity_id: id, source_id: source }) =>
        state.identities[id]?.foreign_id === customer && source === state.messenger?.source_id,
    )
    .at(-1);
}

/**
 * Facebook's thread control on a page: which app has a customer's thread, and which may change that. Two
 * apps are on the page, the bot's own and the platform's; the primary app has threads that no app has
 * taken. After a day without activity a thread is idle again.
 */
import { iso, ApiError, type Platform } from '../platform/platform.js';
import type { MessengerApp, MessengerPage, Thread } from '../state.js';

const idleAfter = 24 * 60 * 60 * 1000;

/** Facebook's refusal when the caller has no thread control. */
export const notYours = () => new ApiError(403, 'forbidden', 'Thread control is not yours');

/** The page of this source, if it is one. */
export function findPage({ state }: Platform, sourceId: string): MessengerPage | undefined {
  return state.messenger?.source_id === sourceId ? state.messenger : undefined;
}

export function getCustomer({ state }: Platform, thread: Thread): string {
  return state.identities[thread.identity_id]?.foreign_id ?? '';
}

export function describeOwner(
  platform: Platform,
  page: MessengerPage,
  customer: string,
): MessengerApp | null {
  const known = page.owners[customer];
  const isFresh = known && platform.now() - Date.parse(known.at) < idleAfter;
  return isFresh ? known.app : defaultOwner(page);
}

function defaultOwner({ primary }: MessengerPage): MessengerApp | null {
  return primary === 'none' ? null : primary;
}

export function setOwner(
  platform: Platform,
  page: MessengerPage,
  customer: string,
  app: MessengerApp | null,
): void {
  const at = iso(platform.now());
  page.owners[customer] = { app, at };
  page.history.push({ customer, app, at });
}

/** Activity in the thread: restarts the idle day. */
export function stirred(platform: Platform, page: MessengerPage, customer: string): void {
  const app = describeOwner(platform, page, customer);
  page.owners[customer] = { app, at: iso(platform.now()) };
}

/** Grants control at once if no app has it; otherwise only notifies the app that has it. */
export function requestControl(
  platform: Platform,
  page: MessengerPage,
  customer: string,
  by: MessengerApp,
): void {
  const owner = describeOwner(platform, page, customer);
  if (owner === by) return;
  if (owner === null) setOwner(platform, page, customer, by);
  else if (owner === 'bot') {
    const request_thread_control = { requested_owner_app_id: page.app_ids[by] };
    platform.notifyApp(customer, { request_thread_control });
  }
}

/** @throws ApiError when the caller has no control */
export function passControl(
  platform: Platform,
  page: MessengerPage,
  customer: string,
  way: { readonly by: MessengerApp; readonly to: MessengerApp },
): void {
  if (describeOwner(platform, page, customer) !== way.by) throw notYours();
  setOwner(platform, page, customer, way.to);
  if (way.to !== 'bot') return;
  const [previous, next] = [page.app_ids[way.by], page.app_ids[way.to]];
  const pass_thread_control = { previous_owner_app_id: previous, new_owner_app_id: next };
  platform.notifyApp(customer, { pass_thread_control });
}

/** @throws ApiError unless the caller is the page's primary app */
export function takeControl(
  platform: Platform,
  page: MessengerPage,
  customer: string,
  by: MessengerApp,
): void {
  if (page.primary !== by) throw notYours();
  const owner = describeOwner(platform, page, customer);
  setOwner(platform, page, customer, by);
  if (owner !== 'bot' || by === 'bot') return;
  const [previous, next] = [page.app_ids.bot, page.app_ids[by]];
  const take_thread_control = { previous_owner_app_id: previous, new_owner_app_id: next };
  platform.notifyApp(customer, { take_thread_control });
}

export function releaseControl(
  platform: Platform,
  page: MessengerPage,
  customer: string,
  by: MessengerApp,
): void {
  if (describeOwner(platform, page, customer) !== by) throw notYours();
  setOwner(platform, page, customer, defaultOwner(page));
}

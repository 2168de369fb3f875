/** The default customer: a new identity, the same until the browser tab is closed. */
import type { Who } from './customer.js';

const key = 'simulator-customer';

export function newcomer(): Who {
  const kept = sessionStorage.getItem(key);
  if (kept !== null) return JSON.parse(kept) as Who;
  const [number = 0] = crypto.getRandomValues(new Uint16Array(1));
  const fresh = { identity: `visitor-${number}`, source: 'chat' };
  remember(fresh);
  return fresh;
}

export function remember(who: Who): void {
  sessionStorage.setItem(key, JSON.stringify(who));
}

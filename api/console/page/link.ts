/**
 * The link that `npm start` prints carries the development token after `#`, which browsers do not send to
 * servers. It is removed from the address at once, and accepted on this machine only, so that a link from
 * elsewhere cannot log a user in under another name.
 */
export type GivenLink = { readonly token: string; readonly name: string | undefined };

export function takeLink(): GivenLink | undefined {
  const given = new URLSearchParams(location.hash.slice(1));
  const token = given.get('token');
  if (token === null) return undefined;
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  if (!['127.0.0.1', 'localhost'].includes(location.hostname)) return undefined;
  return { token, name: given.get('name') ?? undefined };
}

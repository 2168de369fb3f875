/**
 * The link that `npm start` prints has the development's token behind `#`, which no server is sent. It is
 * taken out of the address at once, and counts on this machine only: a link from elsewhere logs nobody in as
 * somebody else.
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

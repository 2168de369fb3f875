/** Hides resources that the token's user may not read: 404, and absent from every list. */
import { must, notFound } from '../platform/platform.js';
import type { User } from '../state.js';

type OfSource = { readonly source_id: string };

export function mayRead({ sources }: User, { source_id: id }: OfSource): boolean {
  return sources[id]?.includes('read') ?? false;
}

/** @throws ApiError 404 */
export function mustRead<T extends OfSource>(
  things: Readonly<Record<string, T>>,
  id: string,
  by: { readonly what: string; readonly user: User },
): T {
  const thing = must(things, id, by.what);
  if (!mayRead(by.user, thing)) throw notFound(by.what);
  return thing;
}

export function readable<T extends OfSource>(things: Readonly<Record<string, T>>, user: User): T[] {
  return Object.values(things).filter((thing) => mayRead(user, thing));
}

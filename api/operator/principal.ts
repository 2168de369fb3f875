/** Who calls: a name for the audit, a role, and the sources they are for. */
import { type Role, roles } from '../../settings/operators.js';

export type Principal = {
  readonly name: string;
  readonly role: Role;
  readonly sources: 'all' | readonly string[];
  /** Has the token that several people may have: each call then says who makes it. */
  readonly isShared: boolean;
  /** Whose names they cannot act under: those have tokens of their own. */
  readonly notThese?: readonly string[];
  /** Changes with what they prove themselves by, so that sessions end with it. */
  readonly proof: string;
};

export function hasRole({ role }: Pick<Principal, 'role'>, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

export function mayUse({ sources }: Pick<Principal, 'sources'>, source: string): boolean {
  return sources === 'all' || sources.includes(source);
}

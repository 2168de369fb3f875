/** The caller: a name for the audit log, a role, and the permitted sources. */
import { type Role, roles } from '../../settings/operators.js';

export type Principal = {
  readonly name: string;
  readonly role: Role;
  readonly sources: 'all' | readonly string[];
  /** Uses a token that several people share: each call then names its author. */
  readonly isShared: boolean;
  /** Names it may not use, because these people have tokens of their own. */
  readonly notThese?: readonly string[];
  /** Derived from the credential, so that a changed credential ends its sessions. */
  readonly proof: string;
};

export function hasRole({ role }: Pick<Principal, 'role'>, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

export function mayUse({ sources }: Pick<Principal, 'sources'>, source: string): boolean {
  return sources === 'all' || sources.includes(source);
}

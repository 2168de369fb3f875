/**
 * Authenticates by token or by provider name. Only digests of tokens are kept; each is compared, in
 * constant time, so that timing reveals nothing.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { OperatorSettings } from '../../settings/operators.js';
import type { Principal } from './principal.js';

export type Credentials = {
  byToken(token: string): Principal | undefined;
  bySignIn(name: string): Principal | undefined;
  /** The current principal of a session. */
  byProof(name: string, proof: string): Principal | undefined;
  readonly isEmpty: boolean;
};

/** Name of the principal of the environment's token, unless the caller gives one. */
const sharedName = 'operator';

export function createCredentials(
  operators: Readonly<Record<string, OperatorSettings>>,
  sharedToken: string | undefined,
): Credentials {
  const named = Object.entries(operators).map(([name, { role, sources, ...by }]) => ({
    principal: {
      ...{ name, role, sources: sources ?? ('all' as const), isShared: false },
      proof: proofOf(`${by.tokenSha256 ?? ''} ${by.signsInAs ?? ''}`),
    },
    token: by.tokenSha256 === undefined ? undefined : Buffer.from(by.tokenSha256, 'hex'),
    signsInAs: by.signsInAs,
  }));
  const shared = sharedToken === undefined ? [] : [sharedOne(sharedToken, Object.keys(operators))];
  const all = [...named, ...shared];
  return {
    isEmpty: all.length === 0,
    byToken(token) {
      const offered = sha256(token);
      const [found] = all.filter((one) => one.token && timingSafeEqual(one.token, offered));
      return found?.principal;
    },
    bySignIn: (name) => all.find((one) => one.signsInAs === name)?.principal,
    byProof(name, proof) {
      const found = all.find(({ principal }) => principal.proof === proof)?.principal;
      if (found?.isShared) {
        return Object.hasOwn(operators, name) ? undefined : { ...found, name, isShared: false };
      }
      return found?.name === name ? found : undefined;
    },
  };
}

function sharedOne(token: string, notThese: readonly string[]) {
  const digest = sha256(token);
  const principal: Principal = {
    ...{ name: sharedName, role: 'admin', sources: 'all', isShared: true, notThese },
    proof: proofOf(digest.toString('hex')),
  };
  return { principal, token: digest, signsInAs: undefined };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'latin1').digest();
}

function proofOf(text: string): string {
  return sha256(`proof ${text}`).toString('base64url').slice(0, 22);
}

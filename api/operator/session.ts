/**
 * A browser session: principal and expiry, signed, in a cookie that scripts cannot read and other sites
 * cannot send. No state is kept, so that every ingress with the same secret accepts it.
 *
 * Every method but GET also needs the session's CSRF token in a header, which only Baton's own pages can
 * know.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Credentials } from './credentials.js';
import type { Principal } from './principal.js';

export type Session = { readonly principal: Principal; readonly csrf: string };

export type Sessions = {
  begin(c: Context, principal: Principal): Session;
  read(c: Context): Session | undefined;
  end(c: Context): void;
  /** Signs a value that a browser stores; a value that was changed is not accepted. */
  sign(kind: Kind, word: string): string;
  unsign(kind: Kind, signed: string | undefined): string | undefined;
};

/** Separates the purposes: a value signed for one is not accepted for the other. */
type Kind = 'session' | 'signIn';

type Kept = {
  readonly id: string;
  readonly name: string;
  readonly proof: string;
  readonly until: number;
};

/** A working day. */
const lasts = 12 * 60 * 60 * 1_000;

export type SessionOptions = {
  /** Absent: sessions are valid at this process only. */
  readonly secret: string | undefined;
  readonly isHttps: boolean;
  readonly now?: () => number;
};

export function createSessions(
  credentials: Credentials,
  { secret, isHttps, now = Date.now }: SessionOptions,
): Sessions {
  const key = secret ?? randomBytes(32);
  const cookie = isHttps ? '__Host-baton' : 'baton';
  const mark = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const options = { httpOnly: true, sameSite: 'Strict', secure: isHttps, path: '/' } as const;
  const sign = (kind: Kind, word: string) => `${word}.${mark(`${kind} ${word}`)}`;
  const unsign = (kind: Kind, signed: string | undefined) => {
    const at = signed?.lastIndexOf('.') ?? -1;
    if (signed === undefined || at < 0) return undefined;
    const word = signed.slice(0, at);
    return isSame(signed.slice(at + 1), mark(`${kind} ${word}`)) ? word : undefined;
  };
  const csrfOf = (id: string) => mark(`csrf ${id}`);
  return {
    sign,
    unsign,
    begin(c, principal) {
      const { name, proof } = principal;
      const kept: Kept = { id: randomBytes(16).toString('hex'), name, proof, until: now() + lasts };
      const word = Buffer.from(JSON.stringify(kept)).toString('base64url');
      setCookie(c, cookie, sign('session', word), { ...options, maxAge: lasts / 1_000 });
      return { principal: { ...principal, isShared: false }, csrf: csrfOf(kept.id) };
    },
    read(c) {
      const word = unsign('session', getCookie(c, cookie));
      if (word === undefined) return undefined;
      const kept = JSON.parse(Buffer.from(word, 'base64url').toString()) as Kept;
      const principal = kept.until > now() && credentials.byProof(kept.name, kept.proof);
      return principal ? { principal, csrf: csrfOf(kept.id) } : undefined;
    },
    end: (c) => void deleteCookie(c, cookie, { path: '/', secure: isHttps }),
  };
}

export function isSame(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

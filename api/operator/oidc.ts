/**
 * Signing in with a company's identity provider: OpenID Connect's authorization code flow with PKCE. Whom
 * the provider names is looked up among the operators of `baton.config.ts`; who is not there stays out.
 *
 * What begins with one browser can end only in the same: state, nonce and verifier travel in a signed
 * cookie of ten minutes.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as openid from 'openid-client';
import { errorFields, type Log } from '../../runtime/log.js';
import type { ConnectionLimiter } from './authorise.js';

export type OidcSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the ID token: what `signsInAs` is compared with. */
  readonly claim: string;
  /** Where people reach the console: the provider sends them back below it. */
  readonly consoleUrl: string;
};

export const oidcPath = '/operator/session/oidc';
const callbackPath = `${oidcPath}/callback`;
const cookie = 'baton_sign_in';
const patience = 10 * 60;

type Begun = { readonly state: string; readonly nonce: string; readonly verifier: string };

export class Oidc {
  readonly #settings: OidcSettings;
  readonly #connectionLimiter: ConnectionLimiter;
  readonly #log: Log;
  readonly #provider: () => Promise<openid.Configuration>;
  readonly #redirectUri: string;

  constructor(settings: OidcSettings, connectionLimiter: ConnectionLimiter, log: Log) {
    this.#settings = settings;
    this.#connectionLimiter = connectionLimiter;
    this.#log = log;
    this.#provider = createProvider(settings);
    this.#redirectUri = new URL(callbackPath, settings.consoleUrl).href;
  }

  /** Off to the provider. */
  async begin(c: Context): Promise<Response> {
    const config = await this.#provider();
    const begun: Begun = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
    const word = Buffer.from(JSON.stringify(begun)).toString('base64url');
    // Lax: the way back begins on the provider's site.
    const options = { httpOnly: true, sameSite: 'Lax', ...this.#cookie } as const;
    const signed = this.#connectionLimiter.sessions.sign('signIn', word);
    setCookie(c, cookie, signed, { ...options, maxAge: patience });
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: this.#redirectUri,
      scope: 'openid email',
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
    });
    return c.redirect(url.href);
  }

  /** And back, with a session or without. */
  async end(c: Context): Promise<Response> {
    const { sessions, credentials } = this.#connectionLimiter;
    const word = sessions.unsign('signIn', getCookie(c, cookie));
    deleteCookie(c, cookie, this.#cookie);
    const name = word === undefined ? undefined : await this.#claimed(c, word);
    const principal = name === undefined ? undefined : credentials.bySignIn(name);
    if (principal) sessions.begin(c, principal);
    else this.#log.warn({ isNamed: name !== undefined }, 'a sign-in was refused');
    const page = principal ? '/console/' : '/console/?refused';
    return c.redirect(new URL(page, this.#settings.consoleUrl).href);
  }

  async #claimed(c: Context, word: string): Promise<string | undefined> {
    const begun = JSON.parse(Buffer.from(word, 'base64url').toString()) as Begun;
    const { search } = new URL(c.req.url);
    try {
      const tokens = await openid.authorizationCodeGrant(
        await this.#provider(),
        new URL(`${this.#redirectUri}${search}`),
        {
          pkceCodeVerifier: begun.verifier,
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          idTokenExpected: true,
        },
      );
      return claimIn(tokens.claims(), this.#settings.claim);
    } catch (error) {
      this.#log.warn(errorFields(error), 'the identity provider’s answer was refused');
      return undefined;
    }
  }

  get #cookie() {
    return { path: oidcPath, secure: this.#settings.consoleUrl.startsWith('https:') };
  }
}

/** An address that the provider has not verified is anybody's. */
function claimIn(claims: openid.IDToken | undefined, claim: string): string | undefined {
  const value = claims?.[claim];
  if (typeof value !== 'string') return undefined;
  return claim === 'email' && claims?.['email_verified'] !== true ? undefined : value;
}

/** Its addresses and keys, asked for once; again when that failed. */
function createProvider({ issuer, clientId, clientSecret }: OidcSettings) {
  let known: Promise<openid.Configuration> | undefined;
  const isLocal = issuer.startsWith('http:');
  return () => {
    known ??= openid
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: 5,
        // The library marks it so that nobody uses it unawares: it is for a provider on this machine.
        // oxlint-disable-next-line typescript/no-deprecated
        ...(isLocal && { execute: [openid.allowInsecureRequests] }),
      })
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
}

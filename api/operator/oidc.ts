/**
 * Sign-in with a company's identity provider: OpenID Connect's authorization code flow with PKCE. The
 * provider's claim is looked up among the operators of `baton.config.ts`; unknown people are refused.
 *
 * A sign-in can only end in the browser that began it: state, nonce and verifier travel in a signed cookie
 * with a lifetime of ten minutes.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as openid from 'openid-client';
import { errorFields, type Log } from '../../runtime/log.js';
import type { Authentication } from './authorise.js';

export type OidcSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Claim of the ID token that `signsInAs` is compared with. */
  readonly claim: string;
  /** Public URL of the console; the provider redirects to a path below it. */
  readonly consoleUrl: string;
};

export const oidcPath = '/operator/session/oidc';
const callbackPath = `${oidcPath}/callback`;
const cookie = 'baton_sign_in';
const waitLimit = 10 * 60;

type Begun = { readonly state: string; readonly nonce: string; readonly verifier: string };

export class Oidc {
  readonly #settings: OidcSettings;
  readonly #authentication: Authentication;
  readonly #log: Log;
  readonly #provider: () => Promise<openid.Configuration>;
  readonly #redirectUri: string;

  constructor(settings: OidcSettings, authentication: Authentication, log: Log) {
    this.#settings = settings;
    this.#authentication = authentication;
    this.#log = log;
    this.#provider = createProvider(settings);
    this.#redirectUri = new URL(callbackPath, settings.consoleUrl).href;
  }

  /** Redirects to the provider. */
  async begin(c: Context): Promise<Response> {
    const config = await this.#provider();
    const begun: Begun = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
    const word = Buffer.from(JSON.stringify(begun)).toString('base64url');
    // Lax: the redirect back begins on the provider's site.
    const options = { httpOnly: true, sameSite: 'Lax', ...this.#cookie } as const;
    const signed = this.#authentication.sessions.sign('signIn', word);
    setCookie(c, cookie, signed, { ...options, maxAge: waitLimit });
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

  /** Handles the provider's redirect, and creates the session on success. */
  async end(c: Context): Promise<Response> {
    const { sessions, credentials } = this.#authentication;
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

/** An e-mail address that the provider has not verified proves nothing. */
function claimIn(claims: openid.IDToken | undefined, claim: string): string | undefined {
  const value = claims?.[claim];
  if (typeof value !== 'string') return undefined;
  return claim === 'email' && claims?.['email_verified'] !== true ? undefined : value;
}

/** The provider's metadata and keys, loaded once; loaded again after a failure. */
function createProvider({ issuer, clientId, clientSecret }: OidcSettings) {
  let known: Promise<openid.Configuration> | undefined;
  const isLocal = issuer.startsWith('http:');
  return () => {
    known ??= openid
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: 5,
        // The library marks it as deprecated to warn of its use: it is for a provider on this machine only.
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

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
import { errorFields, type Log } from '../../log/log.js';
import type { Doorman } from './authorise.js';

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

export function createOidc(settings: OidcSettings, { credentials, sessions }: Doorman, log: Log) {
  const isHttps = settings.consoleUrl.startsWith('https:');
  const provider = createProvider(settings);
  const redirectUri = new URL(callbackPath, settings.consoleUrl).href;

  return {
    /** Off to the provider. */
    async begin(c: Context): Promise<Response> {
      const config = await provider();
      const begun: Begun = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      };
      const word = Buffer.from(JSON.stringify(begun)).toString('base64url');
      // Lax: the way back begins on the provider's site.
      const options = { httpOnly: true, sameSite: 'Lax', secure: isHttps, path: oidcPath } as const;
      setCookie(c, cookie, sessions.sign(word), { ...options, maxAge: patience });
      const url = openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
      });
      return c.redirect(url.href);
    },

    /** And back, with a session or without. */
    async end(c: Context): Promise<Response> {
      const word = sessions.unsign(getCookie(c, cookie));
      deleteCookie(c, cookie, { path: oidcPath, secure: isHttps });
      const name = word === undefined ? undefined : await claimed(c, word);
      const principal = name === undefined ? undefined : credentials.bySignIn(name);
      if (principal) sessions.begin(c, principal);
      else log.warn({ isKnown: name !== undefined }, 'a sign-in was refused');
      return c.redirect(
        new URL(principal ? '/console/' : '/console/?refused', settings.consoleUrl).href,
      );
    },
  };

  async function claimed(c: Context, word: string): Promise<string | undefined> {
    const begun = JSON.parse(Buffer.from(word, 'base64url').toString()) as Begun;
    try {
      const { search } = new URL(c.req.url);
      const tokens = await openid.authorizationCodeGrant(
        await provider(),
        new URL(`${redirectUri}${search}`),
        {
          pkceCodeVerifier: begun.verifier,
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          idTokenExpected: true,
        },
      );
      return claimIn(tokens.claims(), settings.claim);
    } catch (error) {
      log.warn(errorFields(error), 'the identity provider’s answer was refused');
      return undefined;
    }
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
        ...(isLocal && { execute: [openid.allowInsecureRequests] }),
      })
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
}

/**
 * Authentication for Google: an access token that another program refreshes, or a service account's key,
 * with which requests are signed locally (self-signed JWT). No token endpoint is called, so that the bot
 * needs no further host.
 */
import { JWT } from 'google-auth-library';
import { z } from 'zod';
import { BotError } from '../bot-error.js';
import { parseJson } from '../json.js';

export type Authorisation = () => Promise<string>;

const scope = 'https://www.googleapis.com/auth/dialogflow';
const keyFile = z.object({ client_email: z.string().min(1), private_key: z.string().min(1) });

/** The key file is invalid or has no signing key; the message does not contain it. */
export class WrongServiceAccount extends BotError {
  override readonly name = 'WrongServiceAccount';
  readonly isFinal = true;
  constructor(variable: string) {
    super(`${variable}: expected the JSON key file of a service account`);
  }
}

export function byToken(token: string): Authorisation {
  return () => Promise.resolve(`Bearer ${token}`);
}

/** Valid for an hour and cached for that long. @throws WrongServiceAccount */
export function byServiceAccount(json: string, variable: string, api: string): Authorisation {
  const { data } = keyFile.safeParse(parseJson(json));
  if (!data) throw new WrongServiceAccount(variable);
  const account = new JWT({ email: data.client_email, key: data.private_key, scopes: [scope] });
  account.useJWTAccessWithScope = true;
  return async () => {
    try {
      return (await account.getRequestHeaders(api)).get('authorization') ?? '';
    } catch {
      throw new WrongServiceAccount(variable);
    }
  };
}

/**
 * How Google is told who asks: by an access token somebody else keeps fresh, or by a service account's key,
 * with which requests are signed here. Nobody is asked for a token, so no other address is called.
 */
import { JWT } from 'google-auth-library';
import { z } from 'zod';
import { BotError } from '../bot-error.js';

export type Authorisation = () => Promise<string>;

const scope = 'https://www.googleapis.com/auth/dialogflow';
const keyFile = z.object({ client_email: z.string().min(1), private_key: z.string().min(1) });

/** The key file is none, or not one to sign with; its content is not repeated. */
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

/** Signed for an hour and kept for that long. @throws WrongServiceAccount */
export function byServiceAccount(json: string, variable: string, api: string): Authorisation {
  const { data } = keyFile.safeParse(parsed(json));
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

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

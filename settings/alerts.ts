/**
 * Where alerts about threads that need attention are sent. `baton.config.ts` has the URL, the worker's
 * environment the signing secret.
 */
import { z } from 'zod';
import { isOnThisMachine } from './secure-url.js';
import { SettingsError } from './settings-error.js';

export const alertsSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'expected a URL such as https://hooks.example.com/baton' })
    .refine((url) => !/^\w+:\/\/[^/?#]*@/.test(url), 'expected no user or password in it')
    .refine((url) => url.startsWith('https:') || isOnThisMachine(url), 'expected https:'),
  /** Allows internal addresses: private, loopback, link-local. */
  allowPrivate: z.boolean().default(false),
});
export type AlertSettings = z.output<typeof alertsSchema>;

export type AlertAccess = AlertSettings & { readonly secret: string };

/** For the worker; `undefined` without alerts. @throws SettingsError */
export function alertAccess(
  { BATON_ALERT_SECRET: secret }: { readonly BATON_ALERT_SECRET?: string | undefined },
  { alerts }: { readonly alerts?: AlertSettings | undefined },
): AlertAccess | undefined {
  if (!alerts) return undefined;
  if (secret === undefined) throw wrong('is not set; baton.config.ts has alerts');
  if (
    secret.startsWith('whsec_') &&
    !/^whsec_([A-Za-z0-9+/]{4}){5,}([A-Za-z0-9+/]{2,3}={1,2})?$/.test(secret)
  ) {
    throw wrong('expected base64 after whsec_');
  }
  const { url, allowPrivate } = alerts;
  // A URL on this machine implies permission.
  return { url, allowPrivate: allowPrivate || isOnThisMachine(url), secret };
}

function wrong(problem: string): SettingsError {
  return new SettingsError([{ setting: 'BATON_ALERT_SECRET', problem }]);
}

/**
 * Facebook's secrets, for sources that hand over on Messenger: a role without a secret that it needs does
 * not start.
 */
import type { BusinessSettings } from './business.js';
import { SettingsError } from './settings-error.js';

type Sources = Readonly<
  Record<string, Pick<BusinessSettings['sources'][string], 'driver' | 'messenger'>>
>;

/** For the worker. @throws SettingsError */
export function messengerAccess(
  env: {
    readonly BATON_MESSENGER_TOKEN?: string | undefined;
    readonly BATON_MESSENGER_URL: string;
  },
  sources: Sources,
): { readonly url: string; readonly token: string } | undefined {
  if (!hasMessenger(sources)) return undefined;
  const token = needed(env, 'BATON_MESSENGER_TOKEN');
  return { url: env.BATON_MESSENGER_URL, token };
}

/** For the ingress. @throws SettingsError */
export function messengerWebhook(
  env: {
    readonly BATON_MESSENGER_APP_SECRET?: string | undefined;
    readonly BATON_MESSENGER_VERIFY_TOKEN?: string | undefined;
  },
  sources: Sources,
): { readonly appSecret: string; readonly verifyToken: string } | undefined {
  if (!hasMessenger(sources)) return undefined;
  const appSecret = needed(env, 'BATON_MESSENGER_APP_SECRET');
  return { appSecret, verifyToken: needed(env, 'BATON_MESSENGER_VERIFY_TOKEN') };
}

function hasMessenger(sources: Sources): boolean {
  return Object.values(sources).some(({ driver }) => driver === 'messenger');
}

function needed<K extends string>(
  env: { readonly [N in K]?: string | undefined },
  name: K,
): string {
  const value = env[name];
  if (value !== undefined) return value;
  throw new SettingsError([{ setting: name, problem: 'is not set; a source has Messenger' }]);
}

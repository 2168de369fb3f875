/** `/channels/messenger`: Facebook's webhook of the bot's own app. */
import { Hono } from 'hono';
import { connectMessengerCustomers } from '../../../temporal/messenger-customers.js';
import type { TemporalSettings } from '../../../temporal/settings.js';
import { createSecretCheck } from '../../webhook/secret.js';
import { createVerify } from '../../webhook/verify.js';
import type { Guarded } from '../../limits/guarded.js';
import { createReceiveMessenger, type MessengerChannel } from './receive.js';

export function createMessengerRoutes(channel: MessengerChannel, guarded: Guarded): Hono {
  const app = new Hono();
  const verify = createVerify(createSecretCheck([channel.verifyToken]));
  app.get('/', guarded.rateLimits.each('verification'), verify);
  app.post('/', createReceiveMessenger(channel, guarded));
  return app;
}

/** `options`: undefined when no source uses Messenger. */
export function connectMessenger(
  temporal: TemporalSettings,
  secrets: Omit<MessengerChannel, 'customers'> | undefined,
): { readonly options: MessengerChannel | undefined; close(): Promise<void> } {
  if (!secrets) return { options: undefined, close: () => Promise.resolve() };
  const customers = connectMessengerCustomers(temporal);
  return { options: { ...secrets, customers }, close: () => customers.close() };
}

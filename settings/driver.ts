/**
 * How a source's threads are handed to agents and taken back: by categories, by the platform's calls for
 * virtual agents, or, on Messenger, by Facebook's thread control in addition to categories.
 */
import { z } from 'zod';
import type { SourceSettings } from '../workflows/contract/source-settings.js';
import { duration } from './duration.js';

const id = z.string().min(1);

export const driverSettings = {
  driver: z.enum(['categories', 'virtualAgent', 'messenger']).default('categories'),
  virtualAgent: z
    .strictObject({
      /** The trigger string of the virtual agent's handover rules on the platform. */
      trigger: z.string().min(1).optional(),
    })
    .prefault({}),
  /** Required by the driver `messenger`; Facebook's ids. */
  messenger: z
    .strictObject({
      pageId: id,
      /** App ids of the bot and of RingCentral. */
      appId: id,
      platformAppId: id,
      /** The page's primary receiver. */
      primary: z.enum(['bot', 'platform', 'none']),
      /** Time for Facebook or the platform to complete a request. */
      within: duration.prefault('10s'),
      /** Number of attempts before a handover counts as refused. */
      tries: z.number().int().min(1).max(10).default(3),
    })
    .optional(),
};

type Written = {
  readonly [K in keyof typeof driverSettings]: z.output<(typeof driverSettings)[K]>;
};

/** The driver `messenger` requires the setting `messenger`. */
export function isDriverKnown(source: {
  readonly driver: Written['driver'];
  readonly messenger?: object | undefined;
}): boolean {
  return source.driver !== 'messenger' || source.messenger !== undefined;
}

/** The driver as a thread carries it. */
export function toDriver({
  driver,
  virtualAgent,
  messenger,
}: Written): Pick<SourceSettings, 'driver'> & Partial<Pick<SourceSettings, 'openIntervention'>> {
  if (driver === 'virtualAgent') {
    const { trigger } = virtualAgent;
    return { driver: { by: 'virtualAgent', ...(trigger !== undefined && { trigger }) } };
  }
  if (driver !== 'messenger' || !messenger) return {};
  // An intervention of the bot would make the platform request thread control from the bot's app.
  return { driver: { by: 'messenger', ...messenger }, openIntervention: 'never' };
}

/**
 * How a source's threads are given to humans and taken back: by their categories, by the platform's
 * calls for virtual agents, or, on Messenger, by Facebook's thread control besides the categories.
 */
import { z } from 'zod';
import type { SourceSettings } from '../workflows/contract/source-settings.js';
import { duration } from './duration.js';

const id = z.string().min(1);

export const driverSettings = {
  driver: z.enum(['categories', 'virtualAgent', 'messenger']).default('categories'),
  virtualAgent: z
    .strictObject({
      /** The string in the virtual agent's handover rules on the platform. */
      trigger: z.string().min(1).optional(),
    })
    .prefault({}),
  /** Needed for that driver; Facebook's ids. */
  messenger: z
    .strictObject({
      pageId: id,
      /** The bot's own app, and RingCentral's. */
      appId: id,
      platformAppId: id,
      /** Which of them the page's settings name as primary. */
      primary: z.enum(['bot', 'platform', 'none']),
      /** So long Facebook or the platform may take to answer what was asked of them. */
      within: duration.prefault('10s'),
      /** So often it is tried before a handover counts as refused. */
      tries: z.number().int().min(1).max(10).default(3),
    })
    .optional(),
};

type Written = {
  readonly [K in keyof typeof driverSettings]: z.output<(typeof driverSettings)[K]>;
};

/** A source that hands over on Messenger has to say where. */
export function isDriverKnown(source: {
  readonly driver: Written['driver'];
  readonly messenger?: object | undefined;
}): boolean {
  return source.driver !== 'messenger' || source.messenger !== undefined;
}

/** As a thread carries it. */
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
  // An intervention of the bot's own would make the platform ask the bot's app for thread control.
  return { driver: { by: 'messenger', ...messenger }, openIntervention: 'never' };
}

/**
 * What stands between the bot and the customer: may it speak here now, or has an emergency silenced it?
 *
 * The answer is the emergency's own memo, which needs no worker to be read. All askers of a process
 * share one reading, at most one a second is made, and no answer is older than two seconds at its use.
 * Where it cannot be read there is no answer: an error, never a guess.
 */
import type { Client } from '@temporalio/client';
import type { EmergencyView } from '../workflows/contract/index.js';
import { readEmergencies } from './emergency-memo.js';

export type Voice = { readonly sourceName: string; readonly botName: string };

export type EmergencyGate = {
  /** @throws EmergencyUnknown */
  isInForce(voice: Voice): Promise<boolean>;
};

/** Nobody may speak who does not know that they may. */
export class EmergencyUnknown extends Error {
  override readonly name = 'EmergencyUnknown';
}

type Times = {
  /** So long a reading is taken as it is, and no other is begun. */
  readonly fresh: number;
  /** From the moment a reading was asked for to the last moment at which it counts. */
  readonly valid: number;
  readonly now: () => number;
};
const times: Times = { fresh: 1_000, valid: 2_000, now: () => performance.now() };

type Known = { readonly begun: number; readonly views: readonly EmergencyView[] };

export function createEmergencyGate(
  client: Client,
  { fresh, valid, now }: Times = times,
): EmergencyGate {
  const { connection, workflow } = client;
  const read = () => connection.withDeadline(Date.now() + valid, () => readEmergencies(workflow));
  let reading: { readonly begun: number; readonly known: Promise<Known | undefined> } | undefined;
  let newest: Known | undefined;
  const begin = (begun: number) => ({
    begun,
    known: read().then(
      (views) => (newest = { begun, views }),
      () => undefined,
    ),
  });
  return {
    async isInForce(voice) {
      if (!reading || now() - reading.begun >= fresh) reading = begin(now());
      const known = (await reading.known) ?? newest;
      if (!known || now() - known.begun >= valid) {
        throw new EmergencyUnknown('whether an emergency is in force cannot be read');
      }
      return known.views.some((view) => view.isInForce && isOver(view, voice));
    },
  };
}

function isOver({ scope }: EmergencyView, { sourceName, botName }: Voice): boolean {
  if ('all' in scope) return true;
  return 'source' in scope ? scope.source === sourceName : scope.bot === botName;
}

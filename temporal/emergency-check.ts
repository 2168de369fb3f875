/**
 * Checks before each reply whether an emergency has silenced the bot.
 *
 * It reads the emergency's memo, which needs no worker. All callers of a process share one read, at most
 * one a second, and no result is older than two seconds when it is used. Fails closed: if the memo cannot
 * be read, the check throws.
 */
import type { Client } from '@temporalio/client';
import type { EmergencyView } from '../workflows/contract/index.js';
import { readEmergencies } from './emergency-memo.js';

export type Voice = { readonly sourceName: string; readonly botName: string };

export type EmergencyGate = {
  /** @throws EmergencyUnknown */
  isInForce(voice: Voice): Promise<boolean>;
};

/** Fails closed: thrown when the emergency state cannot be read. */
export class EmergencyUnknown extends Error {
  override readonly name = 'EmergencyUnknown';
}

type Times = {
  /** Milliseconds during which a result is reused without a new read. */
  readonly fresh: number;
  /** Milliseconds from the start of a read to the last moment at which its result is valid. */
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

/**
 * Checks whether an emergency has silenced the bot here; called before the bot is asked and before a
 * reply is posted. Fails closed: it also throws when the emergency state cannot be read.
 */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { emergencyFailure } from '../workflows/contract/work.js';
import type { Ports, Voice } from './ports.js';

const unknown = 'EmergencyUnknown';

/** @throws ApplicationFailure `Emergency`, not retryable; `EmergencyUnknown`, retryable */
export async function checkEmergency(
  { emergencies }: Pick<Ports, 'emergencies'>,
  { sourceName, botName }: Voice,
): Promise<void> {
  const isInForce = await emergencies.isInForce({ sourceName, botName }).catch((cause: unknown) => {
    const message = 'the emergency state cannot be read';
    throw ApplicationFailure.create({ type: unknown, message, cause: cause as Error });
  });
  if (!isInForce) return;
  throw ApplicationFailure.create({
    type: 'Emergency' satisfies typeof emergencyFailure,
    message: 'an emergency has silenced the bot',
    nonRetryable: true,
    // Declared on purpose: not an error in logs and metrics.
    category: ApplicationFailureCategory.BENIGN,
  });
}

export function isEmergencyUnknown(error: unknown): boolean {
  return error instanceof ApplicationFailure && error.type === unknown;
}

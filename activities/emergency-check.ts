import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { emergencyFailure } from '../workflows/contract/work.js';
import type { Ports, Voice } from './ports.js';

const unknown = 'EmergencyUnknown';

/**
 * Before the bot is asked and before anything is said: is the bot silenced here? Then the failure says
 * so, and nothing was done. Where it cannot be known nobody may speak either, for now.
 *
 * @throws ApplicationFailure `Emergency`, not to be tried again; `EmergencyUnknown`, to be tried again
 */
export async function checkEmergency(
  { emergencies }: Pick<Ports, 'emergencies'>,
  { sourceName, botName }: Voice,
): Promise<void> {
  const isInForce = await emergencies.isInForce({ sourceName, botName }).catch((cause: unknown) => {
    const message = 'whether an emergency is in force is not known';
    throw ApplicationFailure.create({ type: unknown, message, cause: cause as Error });
  });
  if (!isInForce) return;
  throw ApplicationFailure.create({
    type: 'Emergency' satisfies typeof emergencyFailure,
    message: 'an emergency has silenced the bot',
    nonRetryable: true,
    // Somebody wants it so: not an error in logs and metrics.
    category: ApplicationFailureCategory.BENIGN,
  });
}

export function isEmergencyUnknown(error: unknown): boolean {
  return error instanceof ApplicationFailure && error.type === unknown;
}

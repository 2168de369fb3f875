/** Who must speak next in a thread, since when, and what happens if nobody does. */
import type { DeadlineName } from './deadline-name.js';

/** `operator`: attention is raised, and nothing else will happen; a person must look at the thread. */
export const speakers = ['bot', 'human', 'customer', 'operator'] as const;
export type Speaker = (typeof speakers)[number];

/**
 * What happens if nobody speaks: a deadline passes, or
 *
 *   activity      an activity ends that runs now
 *   attention     attention stays raised, until a person or an answer ends it
 *   emergencyEnd  an operator ends the emergency
 *   nothing       no step is configured for it
 */
export const outcomesOfSilence = ['activity', 'attention', 'emergencyEnd', 'nothing'] as const;
export type OutcomeOfSilence = DeadlineName | (typeof outcomesOfSilence)[number];

/** `Time`: Unix milliseconds, or ISO 8601 on the card. */
export type NextSpeaker<Time> = {
  readonly who: Speaker;
  /**
   * When the oldest unanswered content of the customer arrived. If nothing is unanswered: when attention was
   * raised for an operator, and since when nobody has spoken for all others.
   */
  readonly since: Time;
  /** Number of the customer's contents that nobody has answered. */
  readonly unanswered: number;
  /** `at`: absent unless `what` is a deadline. */
  readonly then: { readonly what: OutcomeOfSilence; readonly at?: Time };
};

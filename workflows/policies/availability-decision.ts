/**
 * Maps the configured rule for missing agents to a decision. Not a policy: the availability policies
 * share it.
 */
import type { AvailabilityRule } from '../contract/source-settings.js';
import type { Decision } from './policy.js';
import type { HandoverReason } from '../contract/reason.js';

/** True for handovers by an operator or an emergency: availability does not matter to them. */
export function overridesAvailability(because: HandoverReason): boolean {
  return because === 'operatorAsked' || because === 'emergency';
}

/** `why`: the availability problem, for the log. `say`: the text for the customer. */
export function availabilityDecision(
  rule: AvailabilityRule,
  {
    because,
    why,
    say = rule.say,
  }: { because: HandoverReason; why: string; say?: string | undefined },
): Decision {
  const saying = say === undefined ? {} : { say };
  return rule.do === 'stayWithBot'
    ? { do: 'stayWithBot', because: why, ...saying }
    : { do: 'handOver', because, ...saying };
}

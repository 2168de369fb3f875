/** What the business wrote for an empty desk, as a decision. Not a policy: what the desk's policies share. */
import type { AvailabilityRule } from '../contract/source-settings.js';
import type { Decision } from './policy.js';
import type { HandoverReason } from '../contract/reason.js';

/** An operator's word and an emergency go first: they are handed over whoever is there. */
export function overridesAvailability(because: HandoverReason): boolean {
  return because === 'operatorAsked' || because === 'emergency';
}

/** `why`: what is wrong with the desk. `say` as it is told to the customer. */
export function availabilityDecision(
  rule: AvailabilityRule,
  {
    because,
    why,
    say = rule.say,
  }: { because: HandoverReason; why: string; say?: string | undefined },
): Decision {
  const told = say === undefined ? {} : { say };
  return rule.do === 'stayWithBot'
    ? { do: 'stayWithBot', because: why, ...told }
    : { do: 'handOver', because, ...told };
}

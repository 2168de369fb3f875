/**
 * Escalates while no human takes a requested handover: notify the customer, ask other agents, return the
 * thread to the bot, as configured.
 *
 * Passes on every other escalation policy, and at any other moment.
 */
import { decisionOf } from './escalation-decision.js';
import type { Policy } from './policy.js';

export const escalateWhenNobodyComes: Policy = (moment) =>
  moment.at === 'escalationStepReached' && moment.escalation === 'nobodyComes'
    ? decisionOf(moment.escalationStep)
    : undefined;

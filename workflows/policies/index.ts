/** All policies by name. `settings.policies` orders them per source: the first that decides wins. */
import type { SourceSettings } from '../contract/source-settings.js';
import { block } from './block.js';
import { escalateWhenAgentSilent } from './escalate-when-agent-silent.js';
import { escalateWhenNobodyComes } from './escalate-when-nobody-comes.js';
import { handOverWhenAsked } from './hand-over-when-asked.js';
import { handOverWhenBotFails } from './hand-over-when-bot-fails.js';
import { checkBusinessHours } from './check-business-hours.js';
import { checkAgentAvailability } from './check-agent-availability.js';
import { nudgeWhenCustomerSilent } from './nudge-when-customer-silent.js';
import type { Decision, Moment, Policy } from './policy.js';
import { reopenToBot } from './reopen-to-bot.js';
import { cancelHandoverOnRequest } from './cancel-handover-on-request.js';
import { stayQuietAfterFarewell } from './stay-quiet-after-farewell.js';
import { stayWithAgentWhenLooping } from './stay-with-agent-when-looping.js';
import { stayWithAgent } from './stay-with-agent.js';
import { sendQueuePosition } from './send-queue-position.js';

export const policies: ReadonlyMap<string, Policy> = new Map([
  ['hand-over-when-asked', handOverWhenAsked],
  ['hand-over-when-bot-fails', handOverWhenBotFails],
  ['check-business-hours', checkBusinessHours],
  ['check-agent-availability', checkAgentAvailability],
  ['cancel-handover-on-request', cancelHandoverOnRequest],
  ['send-queue-position', sendQueuePosition],
  ['nudge-when-customer-silent', nudgeWhenCustomerSilent],
  ['escalate-when-nobody-comes', escalateWhenNobodyComes],
  ['escalate-when-agent-silent', escalateWhenAgentSilent],
  ['stay-quiet-after-farewell', stayQuietAfterFarewell],
  ['stay-with-agent-when-looping', stayWithAgentWhenLooping],
  ['reopen-to-bot', reopenToBot],
  ['stay-with-agent', stayWithAgent],
  ['block', block],
]);

export function decide(moment: Moment, settings: SourceSettings): Decision | undefined {
  for (const name of settings.policies) {
    const decision = policies.get(name)?.(moment, settings);
    if (decision) return decision;
  }
  return undefined;
}

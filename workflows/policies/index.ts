/** All policies by name. `settings.policies` orders them per source: the first that decides wins. */
import type { SourceSettings } from '../source-settings.js';
import { handOverWhenAsked } from './hand-over-when-asked.js';
import { handOverWhenBotFails } from './hand-over-when-bot-fails.js';
import type { Decision, Moment, Policy } from './policy.js';
import { reopenToBot } from './reopen-to-bot.js';

export const policies: ReadonlyMap<string, Policy> = new Map([
  ['hand-over-when-asked', handOverWhenAsked],
  ['hand-over-when-bot-fails', handOverWhenBotFails],
  ['reopen-to-bot', reopenToBot],
]);

export function decide(moment: Moment, settings: SourceSettings): Decision | undefined {
  for (const name of settings.policies) {
    const decision = policies.get(name)?.(moment, settings);
    if (decision) return decision;
  }
  return undefined;
}

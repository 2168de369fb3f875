/** Runs all checks: the account as the API shows it, what the API does not show, and Baton's own set-up. */
import { EngageError } from '../../engage/errors.js';
import { createSetUpClient } from '../../engage/set-up.js';
import type { BusinessSettings } from '../../settings/business.js';
import type { TemporalSettings } from '../../temporal/settings.js';
import { readAccount } from './account.js';
import { checkBot } from './bot.js';
import { checkCategories } from './categories.js';
import { error, type Finding } from './finding.js';
import { checkOwnSide } from './own-side.js';
import { checkSources } from './sources.js';
import { checkWebhook } from './webhook.js';

export type Patient = {
  readonly business: BusinessSettings;
  readonly temporal: TemporalSettings;
  readonly engage: { readonly url: string; readonly token: string };
  /** URL to which the platform should send its deliveries. */
  readonly webhookUrl: string | undefined;
};

export async function examine(patient: Patient): Promise<readonly Finding[]> {
  return [...(await examineAccount(patient)), ...(await checkOwnSide(patient.temporal))];
}

async function examineAccount({
  business,
  engage,
  webhookUrl,
}: Patient): Promise<readonly Finding[]> {
  try {
    const client = createSetUpClient({ ...engage, timeout: business.engageTimeout });
    const account = await readAccount(client, business);
    if (Object.values(account).every(isNothing)) return [refused()];
    return [
      ...checkBot(account, business),
      ...checkCategories(account, business),
      ...checkSources(account, business),
      ...checkWebhook(account, business, webhookUrl),
    ];
  } catch (cause) {
    if (!(cause instanceof EngageError)) throw cause;
    const what = `a call to the platform failed: ${cause.message} (${cause.code})`;
    return [error('platform', { what, mend: `ENGAGE_URL, which is ${engage.url}; or try again` })];
  }
}

function isNothing(part: unknown): boolean {
  if (part === undefined) return true;
  return part instanceof Map && [...part.values()].every((value) => value === undefined);
}

function refused(): Finding {
  return error('token', {
    what: 'the platform refuses the token',
    mend: 'Admin > API access tokens: put a token of the bot’s user into ENGAGE_TOKEN',
  });
}

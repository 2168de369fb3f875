/** Validates an endpoint: it must answer 200 with exactly the challenge. */
import { randomBytes } from 'node:crypto';
import type { Webhook } from '../state.js';
import { answerTimeout } from './retry-table.js';

export async function validate(webhook: Webhook): Promise<boolean> {
  const challenge = randomBytes(12).toString('hex');
  const url = new URL(webhook.url);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', webhook.verify_token);
  try {
    const answer = await fetch(url, {
      headers: webhook.secret === '' ? {} : { 'x-dimelo-secret': webhook.secret },
      signal: AbortSignal.timeout(answerTimeout),
      redirect: 'error',
    });
    return answer.status === 200 && (await answer.text()) === challenge;
  } catch {
    return false;
  }
}

/** The simulator's controls, called in this process. */
import { findIdentity } from '../../../simulator/control/find.js';
import type { Stage } from './stage.js';

/** The act cannot be carried out now: there is no thread, or the platform refuses it. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}

/** @throws Impossible */
export async function control(
  { simulator }: Stage,
  path: string,
  body: object,
  method: 'POST' | 'PUT' = 'POST',
): Promise<unknown> {
  const response = await simulator.app.request(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (response.status >= 500) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  if (!response.ok) throw new Impossible(JSON.stringify(answer));
  return answer;
}

/** Id of the customer's newest thread. @throws Impossible when there is none */
export function threadOf({ simulator: { platform } }: Stage, who: number): string {
  const { threads } = platform.state;
  const { id } = findIdentity(platform, `customer-${who}`);
  const thread = Object.values(threads).findLast(({ identity_id: of }) => of === id);
  if (!thread) throw new Impossible('no thread');
  return thread.id;
}

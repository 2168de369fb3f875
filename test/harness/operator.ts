/** The operator API, as a test uses it. */
import type { EmergencyView, Scope } from '../../workflows/contract/index.js';
import { secrets, type World } from './world.js';

export type Call = {
  readonly scope: Scope;
  readonly why?: string;
  readonly by?: string;
  readonly dryRun?: boolean;
};

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

export class Operator {
  readonly #url: string;

  constructor(world: Pick<World, 'webhookUrl'>) {
    this.#url = new URL('/operator/emergency', world.webhookUrl).href;
  }

  async declare(call: Call): Promise<Answer> {
    return this.#send('POST', '', call);
  }

  async end(call: Call): Promise<Answer> {
    return this.#send('POST', '/end', call);
  }

  async show(): Promise<{ inForce: readonly Scope[]; emergencies: readonly EmergencyView[] }> {
    const { body } = await this.#send('GET', '');
    return body as { inForce: readonly Scope[]; emergencies: readonly EmergencyView[] };
  }

  /** The newest emergency. */
  async newest(): Promise<EmergencyView> {
    const view = (await this.show()).emergencies.at(-1);
    if (!view) throw new Error('there was no emergency');
    return view;
  }

  async #send(method: string, path: string, call?: Call): Promise<Answer> {
    const given = call && { why: 'the bot talks nonsense', by: 'olga', dryRun: false, ...call };
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secrets.BATON_OPERATOR_TOKEN}`,
        'content-type': 'application/json',
      },
      ...(given && { body: JSON.stringify(given) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}

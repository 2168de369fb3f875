/** The directory as a test keeps it: read at once, again when asked, and seen. */
import { expect } from 'vitest';
import { directoryPlan } from '../../settings/directory-plan.js';
import { directoryIn } from '../../temporal/directory.js';
import { keepDirectory } from '../../temporal/directory-schedule.js';
import { directoryWorkflowId, type DirectoryView } from '../../workflows/contract/index.js';
import { eventually } from './eventually.js';
import { secrets, type World } from './world.js';

type Surroundings = Pick<World, 'temporal' | 'business' | 'webhookUrl'>;

export class Knowing {
  readonly #world: Surroundings;

  constructor(world: Surroundings) {
    this.#world = world;
  }

  get workflow() {
    return this.#world.temporal.client.workflow.getHandle(directoryWorkflowId);
  }

  /** As a worker that starts does it. */
  keep(business = this.#world.business) {
    const { nativeConnection: connection, namespace = 'default' } = this.#world.temporal;
    return keepDirectory({ connection, namespace }, directoryPlan(business));
  }

  async view(): Promise<DirectoryView | undefined> {
    return directoryIn(this.#world.temporal.client);
  }

  /** Nobody reads it any more. */
  async untilStill(): Promise<DirectoryView> {
    let view: DirectoryView | undefined;
    await eventually(async () => {
      view = await this.view();
      return view?.isRefreshing;
    }).toBe(false);
    if (!view) throw new Error('there is no directory');
    return view;
  }

  /** By the operator API, to its end. */
  async refresh(): Promise<DirectoryView> {
    const { status } = await this.operator('POST', '/directory/refresh', { by: 'olga' });
    expect(status).toBe(202);
    return this.untilStill();
  }

  async operator(method: string, path: string, body?: object) {
    const response = await fetch(new URL(`/operator${path}`, this.#world.webhookUrl), {
      method,
      headers: {
        authorization: `Bearer ${secrets.BATON_OPERATOR_TOKEN}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}

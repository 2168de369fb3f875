/**
 * One customer's conversation, as a test plays and watches it. Waiting is for what a customer or an
 * operator would see, never for a length of time.
 */
import type { WorkflowHandle } from '@temporalio/client';
import type { AgentAct, CustomerContent } from '../../simulator/control-client.js';
import { categories, domainId } from '../../simulator/seed.js';
import type { Content, State } from '../../simulator/state.js';
import {
  describeQuery,
  phaseQuery,
  threadWorkflowId,
  type ThreadCard,
} from '../../workflows/contract/index.js';
import type { World } from './world.js';
import { eventually } from './eventually.js';

let customers = 0;

function contentsIn({ contents }: State, thread: string): readonly Content[] {
  return Object.values(contents).filter(({ thread_id: of }) => of === thread);
}

/** Where it is played. */
type Surroundings = Pick<World, 'temporal' | 'control'> & Partial<Pick<World, 'account'>>;

export class Conversation {
  readonly #world: Surroundings;
  readonly #source: string;
  readonly #identity: string;
  thread = '';

  constructor(world: Surroundings, source = 'chat') {
    this.#world = world;
    this.#source = source;
    customers += 1;
    this.#identity = `customer-${process.pid}-${customers}`;
  }

  /** By what name the channel knows the customer. */
  get identity(): string {
    return this.#identity;
  }

  get workflow(): WorkflowHandle {
    return this.#world.temporal.client.workflow.getHandle(threadWorkflowId(domainId, this.thread));
  }

  async says(
    body: string,
    more: Pick<CustomerContent, 'language' | 'payload'> = {},
  ): Promise<string> {
    const content = { source: this.#source, identity: this.#identity, body, ...more };
    const cast = await this.#world.control.customer(content);
    this.thread = cast.thread_id;
    return cast.content_id;
  }

  async agent(what: AgentAct['do'], more: Partial<AgentAct> = {}): Promise<void> {
    await this.#world.control.agent({ thread: this.thread, agent: 'agent-1', do: what, ...more });
  }

  async phase(): Promise<string> {
    return this.workflow.query(phaseQuery);
  }

  async card(): Promise<ThreadCard> {
    return this.workflow.query(describeQuery);
  }

  async until(isSo: () => Promise<boolean>): Promise<void> {
    await eventually(() => isSo().catch(() => false)).toBe(true);
  }

  /** The platform has delivered all it has to say about this thread so far. */
  async untilDelivered(): Promise<void> {
    await this.until(async () => {
      const { contents, deliveries } = await this.#world.control.record(this.thread);
      return deliveries.filter(({ status }) => status === 200).length >= contents.length;
    });
  }

  async untilPhase(phase: string): Promise<void> {
    await eventually(() => this.phase().catch(String)).toBe(phase);
  }

  /** What the bot has said so far, oldest first. */
  async botSaid(): Promise<readonly string[]> {
    const { account } = this.#world;
    // A platform in this process is looked at without a call: tests wait for what is said more than for all else.
    const { contents } = account
      ? { contents: contentsIn(account, this.thread) }
      : await this.#world.control.record(this.thread);
    return contents.filter(({ by }) => by.startsWith('bot:')).map(({ body }) => body ?? '');
  }

  /** Waits until the bot has said so many things in all, and answers with all of them. */
  async untilBotSaid(count: number): Promise<readonly string[]> {
    await eventually(async () => (await this.botSaid()).length).toBeGreaterThanOrEqual(count);
    return this.botSaid();
  }

  /** The names of the thread's own categories now. */
  async categories(): Promise<readonly string[]> {
    const { categories: sets } = await this.#world.control.record(this.thread);
    const names = Object.entries(categories).map(([name, id]): [string, string] => [id, name]);
    const byId = new Map(names);
    return (sets.at(-1)?.ids ?? []).map((id) => byId.get(id) ?? id);
  }

  async untilCategories(...wanted: readonly string[]): Promise<void> {
    await eventually(async () => [...(await this.categories())].sort()).toEqual([...wanted].sort());
  }

  /** Every event the platform has issued about this thread was delivered and taken in. */
  async untilQuiet(): Promise<void> {
    await eventually(async () => {
      const { doing, outbox, waitingContents } = await this.card();
      return doing === undefined && outbox.length === 0 && waitingContents === 0;
    }).toBe(true);
  }
}

/** Baton whole with a source whose bot is outside, that bot, and one conversation at a time. */
import type { WorkflowHandle } from '@temporalio/client';
import { categories, domainId } from '../../simulator/seed.js';
import {
  describeOutside,
  describeQuery,
  outsideWorkflowId,
  threadWorkflowId,
  type OutsideCard,
  type ThreadCard,
} from '../../workflows/contract.js';
import { OutsideBot, tellBaton } from '../support/outside-bot.js';
import { secrets, startWorld, type World } from '../support/world.js';
import { outsideConfig, sourceId, type Outside } from './outside-config.js';
import { eventually } from '../support/eventually.js';

export type StageOptions = {
  readonly outside?: Partial<Outside>;
  readonly remembers?: boolean;
  readonly withoutWorker?: boolean;
};

export class Stage {
  readonly world: World;
  readonly bot: OutsideBot;
  conversation = '';
  #count = 0;

  private constructor(world: World, bot: OutsideBot) {
    this.world = world;
    this.bot = bot;
  }

  static async open({ outside, remembers, withoutWorker }: StageOptions = {}): Promise<Stage> {
    const bot = await new OutsideBot(remembers).start();
    const config = outsideConfig(bot.url, outside);
    const world = await startWorld({ config, ...(withoutWorker && { withoutWorker }) });
    const stage = new Stage(world, bot);
    await stage.door('PUT', '/sdk', {
      ...{ id: sourceId, name: 'sdk', url: `${stage.ingress}/channels/source-sdk` },
      secret: secrets.BATON_SOURCE_SDK_SECRET,
      categories: [categories.bot],
    });
    return stage;
  }

  get ingress(): string {
    return new URL(this.world.webhookUrl).origin;
  }

  async door(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.world.simulator.url}${path}`, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  begin(): void {
    this.#count += 1;
    this.conversation = `c-${process.pid}-${this.#count}`;
  }

  async tell(action: string, params: object) {
    const { conversation } = this;
    return tellBaton(this.ingress, action, { source: 'sdk', conversation, ...params });
  }

  async says(by: 'customer' | 'bot', id: string, body: string) {
    return this.tell('messages.create', { message: { id, by, body } });
  }

  async handsOver(more: object = {}) {
    return this.tell('conversations.hand_over', { id: 'h-1', why: 'it is about money', ...more });
  }

  get workflow(): WorkflowHandle {
    const id = outsideWorkflowId({ source: 'sdk', conversation: this.conversation });
    return this.world.temporal.client.workflow.getHandle(id);
  }

  async card(): Promise<OutsideCard> {
    return this.workflow.query(describeOutside);
  }

  /** The thread that accompanies it on the platform, ours. */
  async companion(): Promise<WorkflowHandle> {
    const id = threadWorkflowId(domainId, await this.thread());
    return this.world.temporal.client.workflow.getHandle(id);
  }

  async threadCard(): Promise<ThreadCard> {
    return (await this.companion()).query(describeQuery);
  }

  /** Of the run that has the conversation now. */
  async runId(): Promise<string> {
    return (await this.workflow.describe()).runId;
  }

  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    await eventually(async () => Promise.resolve(isSo()).catch(() => false)).toBe(true);
  }

  async untilPhase(phase: string): Promise<void> {
    const phaseNow = () => this.card().then((card) => card.phase, String);
    await eventually(phaseNow).toBe(phase);
  }

  /** The thread that accompanies it on the platform. */
  async thread(): Promise<string> {
    await this.until(async () => (await this.card()).threadId !== undefined);
    return (await this.card()).threadId ?? '';
  }

  async agent(what: 'reply' | 'close' | 'engage', body?: string): Promise<void> {
    const thread = await this.thread();
    await this.world.doors.agent({ thread, agent: 'agent-1', do: what, ...(body && { body }) });
  }

  async contents(): Promise<readonly string[]> {
    const { contents } = await this.world.doors.record(await this.thread());
    return contents.map(({ by, body }) => `${by.split(':')[0] ?? ''}: ${body}`);
  }

  async close(): Promise<void> {
    await this.world.stop();
    await this.bot.stop();
  }
}

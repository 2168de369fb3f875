/** Baton whole with sources whose bots are outside; of each its bot, and one conversation at a time. */
import type { WorkflowHandle } from '@temporalio/client';
import { categories, domainId } from '../../simulator/seed.js';
import {
  describeSourceSdk,
  describeQuery,
  sourceSdkWorkflowId,
  threadWorkflowId,
  type SourceSdkCard,
  type ThreadCard,
} from '../../workflows/contract/index.js';
import { SourceSdkBot, callBaton } from '../harness/source-sdk-bot.js';
import { secrets, startWorld, type World } from '../harness/world.js';
import { configOfSourceSdk, sourceId, type SourceSdk } from './config.js';
import { eventually } from '../harness/eventually.js';

export type SdkStackOptions = {
  readonly sourceSdk?: Partial<SourceSdk>;
  readonly remembers?: boolean;
};
type WorldOptions = { readonly withoutWorker?: boolean };

/** So many conversations there have been in this process: none has a name twice. */
let count = 0;

export class SdkStack {
  readonly world: World;
  readonly bot: SourceSdkBot;
  /** What it is called, and its id on the platform. */
  readonly source: string;
  readonly sourceId: string;
  conversation = '';

  private constructor(world: World, bot: SourceSdkBot, source: string, id: string) {
    this.world = world;
    this.bot = bot;
    this.source = source;
    this.sourceId = id;
  }

  static async open({ withoutWorker = false, ...options }: SdkStackOptions & WorldOptions = {}) {
    const { sdk } = await SdkStack.openAll({ sdk: options }, { withoutWorker });
    return sdk;
  }

  /** Side by side in one world, each with a source of its name and a bot of its own. Closing one closes all. */
  static async openAll<Name extends string>(
    options: Readonly<Record<Name, SdkStackOptions>>,
    { withoutWorker = false }: WorldOptions = {},
  ): Promise<Readonly<Record<Name, SdkStack>>> {
    const names = Object.keys(options) as Name[];
    const opened = await Promise.all(
      names.map(async (name, index) => {
        const { remembers, sourceSdk } = options[name];
        const bot = await new SourceSdkBot(remembers).start();
        const id = index === 0 ? sourceId : `${sourceId.slice(0, -2)}${index + 10}`;
        return { name, bot, id, sourceSdk: { callbackUrl: bot.url, ...sourceSdk } };
      }),
    );
    const sources = Object.fromEntries(opened.map((one) => [one.name, one]));
    const world = await startWorld({ config: configOfSourceSdk(sources), withoutWorker });
    const stages = opened.map(({ name, bot, id }) => new SdkStack(world, bot, name, id));
    for (const stack of stages) await stack.#save();
    return Object.fromEntries(stages.map((stack) => [stack.source, stack])) as Record<
      Name,
      SdkStack
    >;
  }

  /** As an administrator does it. */
  async #save(): Promise<void> {
    await this.endpoint('PUT', '/sdk', {
      ...{ id: this.sourceId, name: this.source, url: `${this.ingress}/channels/source-sdk` },
      secret: secrets.BATON_SOURCE_SDK_SECRET,
      categories: [categories.bot],
    });
  }

  /** What Baton pushes to this source, for faults. */
  get pushes(): string {
    return `POST /realtime/sdk/${this.sourceId}`;
  }

  get ingress(): string {
    return new URL(this.world.webhookUrl).origin;
  }

  async endpoint(method: string, path: string, body?: object): Promise<unknown> {
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
    count += 1;
    this.conversation = `c-${process.pid}-${count}`;
  }

  async call(action: string, params: object) {
    const { source, conversation } = this;
    return callBaton(this.ingress, action, { source, conversation, ...params });
  }

  async says(by: 'customer' | 'bot', id: string, body: string) {
    return this.call('messages.create', { message: { id, by, body } });
  }

  async handsOver(more: object = {}) {
    return this.call('conversations.hand_over', { id: 'h-1', why: 'it is about money', ...more });
  }

  get workflow(): WorkflowHandle {
    const id = sourceSdkWorkflowId({ source: this.source, conversation: this.conversation });
    return this.world.temporal.client.workflow.getHandle(id);
  }

  async card(): Promise<SourceSdkCard> {
    return this.workflow.query(describeSourceSdk);
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
    await this.world.control.agent({ thread, agent: 'agent-1', do: what, ...(body && { body }) });
  }

  async contents(): Promise<readonly string[]> {
    const { contents } = await this.world.control.record(await this.thread());
    return contents.map(({ by, body }) => `${by.split(':')[0] ?? ''}: ${body}`);
  }

  async close(): Promise<void> {
    await this.world.stop();
    await this.bot.stop();
  }
}

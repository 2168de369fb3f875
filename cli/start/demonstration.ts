/**
 * A short conversation through the running system, printed as it goes: the bot answers, the worker is
 * killed without a visible effect, an agent takes over, the bot is silent, and the thread returns to it.
 *
 * The next start continues in the same thread, in whatever state it is. If the conversation does not
 * proceed as written (another bot, other policies), this is reported, and everything else stays up.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { SimulatorControl } from '../../simulator/control-client.js';
import { describeQuery, type ThreadCard } from '../../workflows/contract/index.js';
import { Narrator } from './narrator.js';

export type Session = {
  readonly control: SimulatorControl;
  readonly domainId: string;
  readonly threadOf: (threadId: string) => WorkflowHandle;
  /** Kills the worker with SIGKILL and starts it again. */
  readonly restartWorker: () => Promise<void>;
  /** True when the stack is being stopped. */
  readonly isOver: () => boolean;
};

const memoryPath = '.baton/demonstration.json';
const source = 'chat';
const identity = 'ana';

/** @returns the id of its thread */
export async function playDemonstration(session: Session): Promise<string> {
  const earlier = await readFile(memoryPath, 'utf8').catch(() => undefined);
  const play = new Play(session);
  try {
    if (earlier === undefined) await firstConversation(play, session);
    else await continuation(play, (JSON.parse(earlier) as { thread: string }).thread);
  } catch (error) {
    if (session.isOver()) throw error;
    play.narrator.remark(error instanceof Error ? error.message : String(error));
  }
  return play.thread;
}

/** Stored from the first content on, so that an interrupted conversation is continued too. */
async function remember(thread: string): Promise<void> {
  await mkdir(dirname(memoryPath), { recursive: true });
  await writeFile(memoryPath, JSON.stringify({ thread }));
}

async function firstConversation(play: Play, { restartWorker }: Session): Promise<void> {
  await play.customer('Hello! Where is my parcel?');
  await remember(play.thread);
  await play.untilBotSpoke();

  play.narrator.remark('now the worker is killed (SIGKILL) while the customer writes …');
  const restarted = restartWorker();
  await play.customer('And what are your opening hours?');
  await restarted;
  await play.untilBotSpoke();

  await play.customer('Thanks. But I would rather talk to a human.');
  await play.untilPhase('handover');
  await play.untilBotSpoke();
  await play.agent('reply', 'Good morning, this is Agent 1. How can I help?');
  await play.untilPhase('agent');
  await play.customer('My parcel is blue. Does that help?');
  play.narrator.remark('the bot is silent: a human has the thread');
  await play.agent('reply', 'It does: it arrives tomorrow.');
  await play.agent('close');
  play.narrator.remark('the agent has finished; Baton waits for the settle window …');
  await play.untilPhase('closed');

  await play.customer('One more thing: what are your opening hours?');
  await play.untilBotSpoke();
}

async function continuation(play: Play, thread: string): Promise<void> {
  play.thread = thread;
  await play.skipPast();
  play.narrator.remark('continuing where the last start stopped, in the same thread');
  if (await play.isWithHuman()) {
    play.narrator.remark('meanwhile it was handed over to an agent, who replies and finishes');
    await play.agent('reply', 'Good morning, this is Agent 1. All is well with your parcel.');
    await play.untilPhase('agent');
    await play.agent('close');
    await play.untilPhase('closed');
  }
  await play.customer('Hello again! Where is my parcel now?');
  await play.untilBotSpoke();
}

class Play {
  readonly narrator = new Narrator();
  readonly #session: Session;
  thread = '';
  #replies = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  async customer(body: string): Promise<void> {
    // Replies from here on are answers to this content.
    if (this.thread !== '') this.#replies = await this.#repliesSoFar();
    const cast = await this.#session.control.customer({ source, identity, body });
    this.thread = cast.thread_id;
    // Before the phase that it leads to: the clocks of two processes may differ by a moment.
    this.narrator.printRecord(await this.#session.control.record(this.thread), undefined);
    await this.#look();
  }

  async agent(what: 'reply' | 'close', body?: string): Promise<void> {
    // Time for reading. Also separates contents, because the platform's times have a precision of a second.
    await pause(1_200);
    const act = { thread: this.thread, agent: 'agent-1', do: what } as const;
    await this.#session.control.agent(body === undefined ? act : { ...act, body });
    await this.#look();
  }

  async isWithHuman(): Promise<boolean> {
    // If Temporal's data was deleted, the thread is unknown: the conversation starts anew.
    if (!(await this.#card())) return false;
    await this.untilQuiet();
    const phase = (await this.#card())?.phase;
    return phase === 'handover' || phase === 'agent';
  }

  /** Skips everything said before. */
  async skipPast(): Promise<void> {
    const { contents } = await this.#session.control.record(this.thread);
    for (const { id } of contents) this.narrator.skip(id);
  }

  async #repliesSoFar(): Promise<number> {
    const { contents } = await this.#session.control.record(this.thread);
    return contents.filter(({ by }) => by.startsWith('bot:')).length;
  }

  async untilBotSpoke(): Promise<void> {
    await this.#until('the bot', async () => (await this.#repliesSoFar()) > this.#replies);
    await this.untilQuiet();
    this.#replies = await this.#repliesSoFar();
  }

  /** Waits until no activity runs and the outbox is empty. */
  async untilQuiet(): Promise<void> {
    await this.#until('quiet', async () => {
      const card = await this.#card();
      if (!card || card.doing !== undefined || card.outbox.length > 0) return false;
      return card.phase !== 'bot' || card.waitingContents === 0;
    });
  }

  async untilPhase(wanted: string): Promise<void> {
    await this.#until(`phase ${wanted}`, async () => (await this.#card())?.phase === wanted);
  }

  async #until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    // The platform repeats a failed delivery after half a minute.
    const timeout = Date.now() + 120_000;
    for (;;) {
      if (this.#session.isOver()) throw new Error('ended early');
      await this.#look();
      if (await isSo()) break;
      if (Date.now() > timeout) {
        throw new Error(`waited in vain for ${what}; see .baton/logs/`);
      }
      await pause(100);
    }
    await this.#look();
  }

  async #look(): Promise<void> {
    const record = await this.#session.control.record(this.thread);
    this.narrator.printRecord(record, await this.#card());
  }

  /** Undefined while the worker is down. */
  async #card(): Promise<ThreadCard | undefined> {
    return this.#session
      .threadOf(this.thread)
      .query(describeQuery)
      .catch(() => undefined);
  }
}

/**
 * One conversation in the terminal: lines are the customer's contents, commands are actions of an agent,
 * and contents and decisions are printed as they happen.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowClient } from '@temporalio/client';
import { decisionLine, describeDecision } from '../../api/timeline/describe-decision.js';
import type { SimulatorControl } from '../../simulator/control-client.js';
import { domainId } from '../../simulator/seed.js';
import {
  describeQuery,
  threadWorkflowId,
  type ThreadCard,
} from '../../workflows/contract/index.js';

export type TalkOptions = {
  readonly control: SimulatorControl;
  readonly workflows: WorkflowClient;
  readonly source: string;
  readonly print: (line: string) => void;
  /** Whether to print the customer's contents; a terminal already shows them. */
  readonly echoes: boolean;
};

export const commands = `/agent TEXT  an agent replies                 /close  the agent closes
/why         explains the current state       /quit   ends`;

const look = 100;
/** Number of unchanged checks in a row after which the conversation counts as quiet. */
const looks = 5;
const decisionsShown = 8;
export class Talk {
  readonly #options: TalkOptions;
  readonly #identity = 'you';
  #thread = '';
  #printed = 0;
  #phase = '';
  #looking: Promise<void> = Promise.resolve();
  /** Contents that the customer has written and the thread has not received yet. */
  readonly #sent: string[] = [];

  constructor(options: TalkOptions) {
    this.#options = options;
  }

  /** @returns whether the conversation continues */
  async take(line: string): Promise<boolean> {
    const [word = '', ...rest] = line.trim().split(' ');
    if (word === '/quit') return false;
    if (word === '') return true;
    if (!word.startsWith('/')) await this.#say(line.trim());
    else if (word === '/agent') await this.#agent('reply', rest.join(' '));
    else if (word === '/close') await this.#agent('close');
    else if (word === '/why') await this.#why();
    else this.#options.print(commands);
    return true;
  }

  async #say(body: string): Promise<void> {
    const { control, source } = this.#options;
    const said = await control.customer({ source, identity: this.#identity, body });
    this.#thread = said.thread_id;
    this.#sent.push(said.event_id);
  }

  async #agent(what: 'reply' | 'close', body = ''): Promise<void> {
    const { control, print } = this.#options;
    if (this.#thread === '') {
      print('no message has been written yet');
      return;
    }
    if (what === 'reply' && body === '') {
      print('/agent TEXT: the text is missing');
      return;
    }
    const act = { thread: this.#thread, agent: 'agent-1', do: what };
    await control.agent({ ...act, ...(body !== '' && { body }) }).catch((error: unknown) => {
      print(`not possible: ${error instanceof Error ? error.message : 'unknown'}`);
    });
  }

  async #why(): Promise<void> {
    const { print } = this.#options;
    const card = await this.#card();
    if (!card) {
      print('no message has been written yet');
      return;
    }
    print(`-- ${card.phase}: ${card.why}`);
    for (const one of card.decisions.slice(-decisionsShown)) {
      print(`   ${decisionLine(describeDecision(one))}`);
    }
  }

  async #card(): Promise<ThreadCard | undefined> {
    if (this.#thread === '') return undefined;
    const id = threadWorkflowId(domainId, this.#thread);
    // The workflow may not have started yet.
    return this.#options.workflows
      .getHandle(id)
      .query(describeQuery)
      .catch(() => undefined);
  }

  /** Prints what is new. Calls do not overlap. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookNow());
    return this.#looking;
  }

  async #lookNow(): Promise<void> {
    if (this.#thread === '') return;
    const { control, print, echoes } = this.#options;
    const { contents, deliveries } = await control.record(this.#thread);
    for (const { by, body } of contents.slice(this.#printed)) {
      const [part = ''] = by.split(':');
      if (part !== 'customer' || echoes) print(`${names[part] ?? part}: ${body}`);
    }
    this.#printed = contents.length;
    const taken = deliveries.filter(({ status }) => status === 200).flatMap(({ events }) => events);
    const known = new Set(taken.map(({ id }) => id));
    const open = this.#sent.filter((id) => !known.has(id));
    this.#sent.splice(0, this.#sent.length, ...open);
    const card = await this.#card();
    if (!card || card.phase === this.#phase) return;
    this.#phase = card.phase;
    print(`-- ${card.phase}${card.reason === undefined ? '' : ` (${card.reason})`}`);
  }

  /** Waits until all contents are processed and nothing is in progress or about to start. */
  async untilQuiet(): Promise<void> {
    let before = '';
    for (let same = 0; same < looks;) {
      await pause(look);
      await this.look();
      const now = await this.#now();
      same = now !== undefined && now === before ? same + 1 : 0;
      before = now ?? '';
    }
  }

  /** A fingerprint of the state; `undefined` while something is in progress. */
  async #now(): Promise<string | undefined> {
    if (this.#thread === '') return 'nothing yet';
    const card = await this.#card();
    const isBusy = !card || card.doing !== undefined || card.outbox.length > 0;
    if (isBusy || card.waitingContents > 0 || this.#sent.length > 0) return undefined;
    const { deliveries } = await this.#options.control.record(this.#thread);
    return JSON.stringify([this.#printed, deliveries.length, card.phase, card.decisions.length]);
  }

  /** Checks periodically until it is stopped. */
  async watch(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await this.look();
      await pause(look);
    }
  }
}

const names: Readonly<Record<string, string>> = { customer: 'you', bot: 'bot', native: 'agent' };

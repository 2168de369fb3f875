/**
 * A random conversation from a seed: customers, agents and operators act, events arrive late, doubled and
 * out of order, and calls fail. At the end the platform is well, everybody is quiet, and time passes.
 *
 * The real core runs inside; the platform and the people are models.
 */
import type { EngageEvent } from '../../../workflows/contract/engage-event.js';
import type { LateReplies, SourceSettings } from '../../../workflows/contract/source-settings.js';
import type { WorkEnd } from '../../../workflows/contract/work.js';
import { deadlines } from '../../../workflows/thread/planning/deadlines.js';
import type { ThreadState } from '../../../workflows/thread/state/state.js';
import { CoreRun } from '../core-run.js';
import { agentReplied, customerWrote, interventionEvent, taskTaken } from '../facts.js';
import { everyRule, withoutChecks } from '../thread-settings.js';
import { RandomPlatform } from './platform.js';
import { createRandom, type Random } from './random.js';

const [second, minute, hour] = [1_000, 60_000, 60 * 60_000];

export type ConversationOptions = {
  /** Policy that decides who gets a thread after a human. */
  readonly reopen: 'reopen-to-bot' | 'stay-with-agent' | 'block';
  /** Escalations that move the thread on their own; otherwise they only remind. */
  readonly escalates: boolean;
  readonly hasOperator: boolean;
  /** Operators declare and end emergencies. */
  readonly hasEmergencies: boolean;
  /** Agents take threads without a word, and give them back by category. */
  readonly hasQuietAgents: boolean;
  /** Replies of agents wait for approval, which some never get. */
  readonly hasApprovals: boolean;
  /** Probability that a call fails. */
  readonly failures: number;
  /** Probability that the answer to a post is lost, while calls fail. */
  readonly lostAnswers: number;
  /** The platform refuses everything for hours. */
  readonly hasOutages: boolean;
  /** Changes the state after each step: a negative control. */
  readonly spoil?: (after: ThreadState, before: ThreadState) => ThreadState;
  /** Is given each state. */
  readonly observe?: (state: ThreadState) => void;
};

const reminders: NonNullable<SourceSettings['escalations']> = {
  nobodyComes: [{ after: 15 * minute, do: 'remind' }],
  agentSilent: [{ after: 15 * minute, do: 'remind' }],
};

export class RandomConversation {
  readonly run: CoreRun;
  readonly platform: RandomPlatform;
  readonly #random: Random;
  readonly #options: ConversationOptions;
  readonly #queue: { readonly at: number; readonly event: EngageEvent }[] = [];
  readonly log: string[] = [];
  #count = 0;
  #hasEmergency = false;
  /** When an agent or an operator last closed the conversation. */
  closedByPersonAt = 0;

  constructor(seed: number, options: ConversationOptions) {
    this.#random = createRandom(seed);
    this.#options = options;
    this.platform = new RandomPlatform(this.#random, options.failures, options.lostAnswers);
    this.run = new CoreRun({
      ...withoutChecks(everyRule(options.reopen)),
      ...(!options.escalates && { escalations: reminders }),
      openIntervention: this.#random.pick(['never', 'first'] as const),
      closeWhenSilentFor: 24 * hour,
      ...(options.hasOutages && { lateReplies: this.#lateReplies() }),
      ...(options.hasEmergencies && {
        texts: { ...everyRule(options.reopen).texts!, emergency: 'EMERGENCY' },
      }),
    });
  }

  #lateReplies(): LateReplies {
    const choices = ['send', 'askAgain', 'apologise', 'handOver'] as const;
    return { after: 10 * second, do: this.#random.pick(choices), say: 'SORRY FOR THAT' };
  }

  play(): this {
    this.#customerWrites();
    const pauses = [400, 1_500, 5 * second, 30 * second, 3 * minute, 12 * minute];
    for (let act = 0; act < 10; act += 1) {
      this.#advance(this.run.now + this.#random.pick(pauses));
      this.#random.pick(this.#acts())();
    }
    this.#advance(this.run.now + 400 + this.#random.next() * 3 * second);
    if (this.#random.chance(0.8)) this.#customerWrites();
    return this.#calmDown();
  }

  /** The platform is well, an emergency ends, and three hours pass. */
  #calmDown(): this {
    this.#advance(this.run.now + this.#random.pick([second, minute, 40 * minute]));
    Object.assign(this.platform, { failures: 0, isDown: false });
    if (this.#hasEmergency) this.#emergency();
    this.#advance(this.run.now + 3 * hour);
    return this;
  }

  #acts(): readonly (() => void)[] {
    const { hasOperator, hasEmergencies, hasQuietAgents, hasApprovals, hasOutages } = this.#options;
    const customer = () => this.#customerWrites();
    const [agent, close] = [() => this.#agentWrites(), () => this.#agentCloses()];
    return [
      ...[customer, customer, customer, agent, agent, close, close],
      ...(hasOperator ? [() => this.#operatorActs()] : []),
      ...(hasEmergencies ? [() => this.#emergency()] : []),
      ...(hasQuietAgents ? [() => this.#agentTakes(), () => this.#agentGivesBack()] : []),
      ...(hasApprovals ? [() => this.#agentWrites(true), () => this.#approve()] : []),
      ...(hasOutages ? [() => this.#outage()] : []),
    ];
  }

  get #at(): number {
    return this.run.now - this.run.began;
  }

  #note(what: string): void {
    const { phase } = this.run.state.ownership;
    this.log.push(`${Math.round(this.#at / second)} s [${phase}] ${what}`);
  }

  #spoiled(step: () => void): void {
    const before = this.run.state;
    step();
    this.run.state = this.#options.spoil?.(this.run.state, before) ?? this.run.state;
    this.#options.observe?.(this.run.state);
  }

  /** Delivered within three seconds; one in five comes twice, up to a minute later. */
  #deliver(event: EngageEvent): void {
    const { now } = this.run;
    this.#queue.push({ at: now + this.#random.next() * 3 * second, event });
    if (!this.#random.chance(0.2)) return;
    this.#queue.push({ at: now + this.#random.next() * minute, event });
  }

  #say(by: 'customer' | 'agent', body: string): string {
    this.#count += 1;
    const id = `${by}-${this.#count}`;
    this.platform.said.push({ id: `content-${id}`, by, body, at: this.run.now });
    this.#note(`${by} says ${body} (${id})`);
    return id;
  }

  #customerWrites(): void {
    const { platform } = this;
    if (platform.isLocked) return;
    const body = this.#random.pick(['hello', 'where is it?', 'a human please', 'cancel', 'thanks']);
    const id = this.#say('customer', body);
    if (platform.intervention && !platform.intervention.isOpen && this.#random.chance(0.7)) {
      platform.intervention.isOpen = true;
      this.#deliver(interventionEvent('intervention.reopened', { id: 'i', at: this.#at }));
    }
    this.#deliver(customerWrote({ id, at: this.#at, body }, [...platform.categoryIds]));
  }

  #engage(): void {
    const { platform } = this;
    if (platform.intervention?.isOpen && platform.intervention.owner === 'user-agent') return;
    platform.intervention = { isOpen: true, owner: 'user-agent' };
    const by = { userId: 'user-agent', ownerId: 'user-agent' };
    this.#deliver(interventionEvent('intervention.opened', { id: 'i', at: this.#at, ...by }));
  }

  #agentWrites(isDraft = false): void {
    if (this.platform.isLocked) return;
    const id = this.#say('agent', 'Good morning.');
    this.#engage();
    const event = agentReplied({ id, at: this.#at });
    if (isDraft) {
      this.platform.said.at(-1)!.isDraft = true;
      this.#note('it waits for approval');
    }
    const approval = isDraft ? ({ waitsForApproval: true } as const) : {};
    this.#deliver({ ...event, content: { ...event.content, ...approval } });
  }

  #approve(): void {
    const draft = this.platform.said.find(({ isDraft }) => isDraft);
    if (!draft) return;
    draft.isDraft = false;
    this.#note(`${draft.id} is approved`);
    const id = draft.id.replace('content-', '');
    const event = agentReplied({ id, at: this.#at });
    this.#deliver({ ...event, id: `approved-${id}`, type: 'content.approved' });
  }

  /** A human takes the thread without a word. */
  #agentTakes(): void {
    this.#count += 1;
    this.#note('agent takes the task');
    this.#deliver(taskTaken({ id: `t${this.#count}`, at: this.#at, agentId: 'user-agent' }));
  }

  #agentGivesBack(): void {
    const { platform } = this;
    if (platform.categoryIds.includes('category-bot')) return;
    this.#note('agent gives the thread back by category');
    platform.categoryIds = ['category-bot'];
  }

  #agentCloses(): void {
    const { intervention } = this.platform;
    if (!intervention?.isOpen || intervention.owner !== 'user-agent') return;
    intervention.isOpen = false;
    this.closedByPersonAt = this.run.now;
    this.#note('agent closes the intervention');
    const closed = { id: 'i', at: this.#at, userId: 'user-agent' };
    this.#deliver(interventionEvent('intervention.closed', closed));
  }

  #operatorActs(): void {
    const commands = ['takeOver', 'returnToBot', 'askHandover', 'close', 'answerAgain'] as const;
    const wanted = this.#random.pick(commands);
    if (wanted === 'close') this.closedByPersonAt = this.run.now;
    this.#note(`operator: ${wanted}`);
    const command = { do: wanted, by: 'kim', why: 'a reason' } as const;
    this.#spoiled(() => this.run.take({ type: 'command', command }));
  }

  #emergency(): void {
    const wanted = this.#hasEmergency ? 'giveBack' : 'moveToHumans';
    this.#hasEmergency = !this.#hasEmergency;
    this.#note(`emergency: ${wanted}`);
    const command = { do: wanted, by: 'kim', why: 'an emergency' } as const;
    this.#spoiled(() => this.run.take({ type: 'command', command }));
  }

  #outage(): void {
    this.platform.isDown = !this.platform.isDown;
    this.#note(this.platform.isDown ? 'the platform is down' : 'the platform is well');
  }

  #perform(): void {
    for (let guard = 0; guard < 100; guard += 1) {
      const { inFlight: work } = this.run.state.outbox;
      if (!work) return;
      const outcome = this.platform.outcomeOf(work, this.run.now);
      this.#note(`${work.do}: ${JSON.stringify(outcome).slice(0, 60)}`);
      const end = { do: work.do, work, outcome } as unknown as WorkEnd;
      this.#spoiled(() => this.run.take({ type: 'workEnded', end }));
    }
    throw new Error('activities follow one another without end');
  }

  #advance(until: number): void {
    for (let guard = 0; guard < 5_000; guard += 1) {
      this.#perform();
      this.#queue.sort((one, other) => one.at - other.at);
      const next = this.#queue[0]?.at ?? Infinity;
      const deadline = deadlines(this.run.state).find(({ at }) => at > this.run.now)?.at;
      const to = Math.min(next, deadline ?? Infinity, until);
      if (to > this.run.now) this.#spoiled(() => this.run.wait(to - this.run.now));
      this.#perform();
      const arrived = next <= this.run.now ? this.#queue.shift() : undefined;
      if (arrived) this.#arrive(arrived.event);
      else if (this.run.now >= until) return;
    }
    throw new Error('the conversation never ends');
  }

  #arrive(event: EngageEvent): void {
    this.#note(`received ${event.type}${'content' in event ? ` ${event.content.id}` : ''}`);
    this.#spoiled(() => this.run.take({ type: 'events', events: [event] }));
    this.#perform();
  }
}

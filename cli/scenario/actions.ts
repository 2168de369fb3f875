/** Runs the steps of a scenario that are actions. */

import {
  askHandover,
  close,
  pauseBot,
  returnToBot,
  takeOver,
} from '../../workflows/contract/index.js';
import type { CustomerContent } from '../../simulator/control-client.js';
import type { Stage } from './session.js';
import type { ActName, StepValue } from './steps.js';
import { secrets } from '../../local/baton.js';

type Play<N extends ActName> = (stage: Stage, value: StepValue<N>) => Promise<void>;

export const playAct: { readonly [N in ActName]: Play<N> } = {
  async customer(stage, { customer: body, 'new-thread': isSomebodyNew, ...more }) {
    if (isSomebodyNew) stage.newCustomer();
    await says(stage, { body, ...more });
  },

  async customers(stage, { customers }) {
    for (const body of customers) await says(stage, { body });
  },

  async agent(stage, { agent: { who, do: what, categories, to, accepted, ...act } }) {
    const needsApproval = act['needs-approval'];
    const isFirst = what === 'initiate';
    const { thread_id: thread } = await stage.baton.control.agent({
      agent: who,
      do: what,
      ...{ native: act.native, accepted },
      ...(to !== undefined && { to }),
      ...(needsApproval !== undefined && { needs_approval: needsApproval }),
      ...(act.body !== undefined && { body: act.body }),
      ...(categories && { category_ids: categories }),
      ...(isFirst
        ? { source: stage.sourceId, identity: stage.customer }
        : { thread: stage.thread }),
    });
    if (isFirst) stage.follow(thread);
  },

  async operator(stage, { operator }) {
    if (operator.do === 'emergency') {
      await callOperatorApi(stage, operator);
      return;
    }
    const thread = stage.watch.workflow(stage.thread);
    const by = { by: 'scenario', why: operator.why };
    if (operator.do === 'pauseBot') {
      await thread.executeUpdate(pauseBot, { args: [{ ...by, forMs: operator.for.ms }] });
      return;
    }
    const commands = { askHandover, takeOver, returnToBot, close };
    await thread.executeUpdate(commands[operator.do], { args: [by] });
  },

  async wait(stage, { wait }) {
    await stage.time.pass(wait.ms, () => Promise.resolve(false));
  },

  async rule(stage, { rule }) {
    await stage.baton.control.rule({ name: 'emergency', on: rule.emergency });
  },

  async 'default-categories'(stage, { 'default-categories': names }) {
    const rule = { name: 'default-categories', category_ids: names } as const;
    await stage.baton.control.rule({ ...rule, source: stage.sourceId });
  },

  async agents(stage, { agents }) {
    await stage.baton.control.agents(agents);
  },

  async faults(stage, { faults }) {
    stage.isOutage = faults.outage === true;
    await stage.baton.control.faults(faults);
  },

  async restart({ baton, server }, { restart }) {
    if (restart === 'temporal') await server.restart();
    else if (restart === 'api') await baton.restartIngress();
    else {
      await baton.stopWorkers();
      await baton.startWorkers();
    }
  },
};

type Emergency = Extract<StepValue<'operator'>['operator'], { scope: unknown }>;

/** Calls the operator API, as an operator would. */
async function callOperatorApi({ baton }: Stage, { over, scope, why }: Emergency) {
  const path = over ? '/operator/emergency/end' : '/operator/emergency';
  const answer = await fetch(new URL(path, baton.webhookUrl), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secrets.BATON_OPERATOR_TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      scope: scope === 'all' ? { all: true } : scope,
      ...{ why, by: 'scenario', dryRun: false },
    }),
  });
  if (answer.ok) return;
  const { message } = (await answer.json()) as { message?: string };
  throw new Error(`${answer.status} ${message ?? ''}`);
}

type Said = Omit<CustomerContent, 'source' | 'identity' | 'thread'>;

async function says(stage: Stage, said: Said): Promise<void> {
  const { sourceId: source, customer: identity } = stage;
  const { thread_id: thread } = await stage.baton.control.customer({ source, identity, ...said });
  stage.follow(thread);
}

/** Actions that give the bot something new to answer: earlier replies are no longer expected. */
export const beginsAnew: ReadonlySet<string> = new Set<ActName>([
  'customer',
  'customers',
  'agent',
  'operator',
]);

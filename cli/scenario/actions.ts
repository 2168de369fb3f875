/** Runs the steps of a scenario that are actions. */

import {
  answerAgain,
  askHandover,
  close,
  pauseBot,
  returnToBot,
  takeOver,
} from '../../workflows/contract/index.js';
import type { CustomerContent } from '../../simulator/control-client.js';
import type { Session } from './session.js';
import type { ActName, StepValue } from './steps.js';
import { secrets } from '../../local/baton.js';

type Play<N extends ActName> = (session: Session, value: StepValue<N>) => Promise<void>;

export const runAction: { readonly [N in ActName]: Play<N> } = {
  async customer(session, { customer: body, 'new-thread': isSomebodyNew, ...more }) {
    if (isSomebodyNew) session.newCustomer();
    await says(session, { body, ...more });
  },

  async customers(session, { customers }) {
    for (const body of customers) await says(session, { body });
  },

  async agent(session, { agent: { who, do: what, categories, to, accepted, ...act } }) {
    const needsApproval = act['needs-approval'];
    const isFirst = what === 'initiate';
    const { thread_id: thread } = await session.baton.control.agent({
      agent: who,
      do: what,
      ...{ native: act.native, accepted },
      ...(to !== undefined && { to }),
      ...(needsApproval !== undefined && { needs_approval: needsApproval }),
      ...(act.body !== undefined && { body: act.body }),
      ...(categories && { category_ids: categories }),
      ...(isFirst
        ? { source: session.sourceId, identity: session.customer }
        : { thread: session.thread }),
    });
    if (isFirst) session.follow(thread);
  },

  async operator(session, { operator }) {
    if (operator.do === 'emergency') {
      await callOperatorApi(session, operator);
      return;
    }
    const thread = session.watch.workflow(session.thread);
    const by = { by: 'scenario', why: operator.why };
    if (operator.do === 'pauseBot') {
      await thread.executeUpdate(pauseBot, { args: [{ ...by, forMs: operator.for.ms }] });
      return;
    }
    const commands = { askHandover, takeOver, returnToBot, close, answerAgain };
    await thread.executeUpdate(commands[operator.do], { args: [by] });
  },

  async wait(session, { wait }) {
    await session.time.pass(wait.ms, () => Promise.resolve(false));
  },

  async rule(session, { rule }) {
    await session.baton.control.rule({ name: 'emergency', on: rule.emergency });
  },

  async 'default-categories'(session, { 'default-categories': names }) {
    const rule = { name: 'default-categories', category_ids: names } as const;
    await session.baton.control.rule({ ...rule, source: session.sourceId });
  },

  async agents(session, { agents }) {
    await session.baton.control.agents(agents);
  },

  async faults(session, { faults }) {
    session.isOutage = faults.outage === true;
    await session.baton.control.faults(faults);
  },

  async token(session, { token }) {
    if (token === 'configured') {
      session.configuredToken = session.validToken;
      return;
    }
    session.validToken = `${session.validToken}-replaced`;
    await session.baton.control.token(session.validToken, 401);
  },

  async restart({ baton, server, configuredToken }, { restart }) {
    if (restart === 'temporal') await server.restart();
    else if (restart === 'api') await baton.restartIngress();
    else {
      await baton.stopWorkers();
      await baton.startWorkers(configuredToken);
    }
  },
};

type Emergency = Extract<StepValue<'operator'>['operator'], { scope: unknown }>;

/** Calls the operator API, as an operator would. */
async function callOperatorApi({ baton }: Session, { over, scope, why }: Emergency) {
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

async function says(session: Session, said: Said): Promise<void> {
  const { sourceId: source, customer: identity } = session;
  const { thread_id: thread } = await session.baton.control.customer({ source, identity, ...said });
  session.follow(thread);
}

/** Actions that give the bot something new to answer: earlier replies are no longer expected. */
export const newExchangeActions: ReadonlySet<string> = new Set<ActName>([
  'customer',
  'customers',
  'agent',
  'operator',
]);

/**
 * The workflow of the directory: one for the whole account. It knows which people may answer where, so
 * that a handover only asks the platform which agents are available now. A schedule or an operator
 * requests a refresh.
 *
 * Handlers only change the state, one loop does all work. A failed refresh leaves the last good
 * directory unchanged and raises `BatonAttention`. Continue-as-new carries everything after a refresh,
 * so that a history holds at most two directories.
 */
import {
  ActivityFailure,
  condition,
  log,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import {
  askForDirectory,
  describeDirectory,
  describeSource,
  mayAnswer,
  refreshDirectory,
  type DirectoryInput,
} from '../contract/index.js';
import type { DirectoryActivities, DirectoryPlan } from '../contract/directory.js';
import {
  afterFacts,
  afterLoss,
  afterPause,
  afterPeople,
  ask,
  begin,
  newDirectory,
  nextStep,
  createDirectoryView,
  type DirectoryState,
  type DirectoryStep,
} from './state.js';
import { DirectoryPublisher } from './visibility.js';
import { agentsWhoMayAnswer } from '../contract/agents.js';
import { pacedCalls } from '../shared/paced-calls.js';

/** Growth of a run after which it continues as new. */
const historyLimit = { events: 500, bytes: 1_000_000 } as const;

type RunInput = DirectoryInput & { readonly carried?: DirectoryState };

export async function directory(input: RunInput): Promise<void> {
  let state: DirectoryState = input.carried ?? newDirectory();
  const bornWith = workflowInfo().historySize;
  const isLong = () => hasGrownLong(bornWith);
  const publisher = new DirectoryPublisher({
    upsertMemo,
    upsertSearchAttributes,
    setCurrentDetails,
  });
  const change = (next: DirectoryState) => {
    state = next;
    publisher.publish(state);
  };

  setHandler(describeDirectory, () => createDirectoryView(state));
  setHandler(describeSource, (id) => state.lastGood?.sources.find((source) => source.id === id));
  setHandler(mayAnswer, (question) => {
    const { lastGood } = state;
    return lastGood && agentsWhoMayAnswer(lastGood.people, lastGood.plan, question);
  });
  setHandler(askForDirectory, (wanted) => change(ask(state, wanted)));
  setHandler(refreshDirectory, (wanted) => {
    change(ask(state, wanted));
    return createDirectoryView(state);
  });
  publisher.publish(state);

  for (;;) {
    await condition(() => state.wanted !== undefined || isLong());
    change(begin(state));
    for (let step = nextStep(state); step; step = nextStep(state)) {
      const apply = await perform(step);
      change(apply(state, Date.now()));
      if (!state.reading) logRefresh(state);
    }
    if (isLong()) await continueWith(state);
  }
}

type Change = (state: DirectoryState, now: number) => DirectoryState;

/**
 * Performs a step. Returns a change instead of a state, because requests may change the state
 * meanwhile.
 */
async function perform(step: DirectoryStep): Promise<Change> {
  switch (step.do) {
    case 'pause':
      await sleep(step.time, { summary: step.why });
      return afterPause;
    case 'facts':
      return spend(step.input, async (account) => {
        const facts = await account.readAccountFacts(step.input);
        return (state, now) => afterFacts(state, facts, now);
      });
    case 'people':
      return spend(step.input, async (account) => {
        const portion = await account.readPeople(step.input);
        return (state, now) => afterPeople(state, portion, now);
      });
  }
}

async function spend(
  { portion, callTimeout, pace }: DirectoryPlan,
  act: (account: DirectoryActivities) => Promise<Change>,
): Promise<Change> {
  const account = pacedCalls<DirectoryActivities>({ calls: portion, callTimeout, pace });
  try {
    return await act(account);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    log.warn('a portion of the directory was lost', { code: error.cause?.name });
    return (state, now) => afterLoss(state, portion, now);
  }
}

function logRefresh(state: DirectoryState): void {
  const { trouble, lastGood, calls } = createDirectoryView(state);
  if (trouble) log.warn('the directory could not be read: the last good one stays', { ...trouble });
  else if (lastGood) log.info('the directory was read', { ...lastGood, calls });
}

function hasGrownLong(bornWith: number): boolean {
  const { historyLength, historySize, continueAsNewSuggested } = workflowInfo();
  const grown = historySize - bornWith;
  return (
    historyLength > historyLimit.events || grown > historyLimit.bytes || continueAsNewSuggested
  );
}

/** Handlers are synchronous, so none is unfinished here. The next run begins with the same memo. */
function continueWith(carried: DirectoryState): Promise<never> {
  const memo = { directory: createDirectoryView(carried) };
  return makeContinueAsNewFunc<typeof directory>({ memo })({ carried });
}

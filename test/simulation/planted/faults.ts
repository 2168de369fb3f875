/**
 * Twelve planted faults, each the naive version of one rule that Baton keeps. They show that the simulated
 * worlds bring these faults out, and that the checks see them.
 */
import type { PlantedFault } from './fault.js';

const thread = 'workflows/thread';

const forgetsOnMoves: PlantedFault = {
  name: 'unanswered-emptied',
  seen: 'A customer who has written just before the thread changes hands is answered by nobody.',
  patches: [
    {
      file: `${thread}/transitions/phase.ts`,
      text: `...(to === 'closed' && { unanswered: [], lastTurn: lastTurnOf(state) }),`,
      by: `unanswered: [], ...(to === 'closed' && { lastTurn: lastTurnOf(state) }),`,
    },
  ],
  check: 'nobody is left waiting',
  within: 10,
};

const countsTries: PlantedFault = {
  name: 'tries-instead-of-time',
  seen: 'An outage of a few minutes ends what could have been sent after it.',
  patches: [
    {
      file: `${thread}/transitions/retries.ts`,
      text: `  { since }: Pick<Keyed, 'since'>,\n  now: number,`,
      by: `  { since, tries = 0 }: Pick<Keyed, 'since'> & { readonly tries?: number },\n  now: number,`,
    },
    {
      file: `${thread}/transitions/retries.ts`,
      text: 'return since !== undefined && now - since >= state.settings.giveUpAfter;',
      by: 'return tries >= 3;',
    },
  ],
  check: 'given up by time, not by tries',
  within: 60,
};

const knowsNoDuplicates: PlantedFault = {
  name: 'no-dedupe',
  seen: 'A delivery that arrives twice is answered twice.',
  patches: [
    {
      file: `${thread}/transitions/inbox.ts`,
      text: 'if (wasReceived(next, event)) {',
      by: 'if (false as boolean) {',
    },
  ],
  check: 'each reply once',
  within: 60,
};

const repeatsBlindly: PlantedFault = {
  name: 'no-look-before-repeat',
  seen: 'A reply whose answer was lost is read twice.',
  patches: [
    {
      file: `${thread}/transitions/delivery.ts`,
      text: `{ state: 'confirming', looks: 0, ...later }`,
      by: `{ ...later }`,
    },
    {
      file: 'activities/post-reply.ts',
      text: 'newer.find((content) => isThatReply(content, input))',
      by: 'newer.find((content) => isThatReply(content, input) && (false as boolean))',
    },
  ],
  check: 'each reply once',
  within: 10,
};

const ignoresEpochs: PlantedFault = {
  name: 'epoch-ignored',
  seen: 'The bot goes on talking after a human has taken over.',
  patches: [
    {
      file: `${thread}/state/outbox-operations.ts`,
      text: '(item) => item.epoch === state.ownership.epoch || mayHaveLeft(state, item),',
      by: `(item) => item.do === 'reply' || item.epoch === state.ownership.epoch || mayHaveLeft(state, item),`,
    },
    {
      file: `${thread}/state/outbox-operations.ts`,
      text: 'items.some((one) => one.key === work.itemKey && one.epoch !== epoch)',
      by: 'items.some((one) => one.key === work.itemKey && one.epoch > epoch)',
    },
    {
      file: `${thread}/planning/next-activity.ts`,
      text: 'if (reply.epoch !== state.ownership.epoch) return',
      by: 'if (reply.epoch > state.ownership.epoch) return',
    },
  ],
  check: 'one voice',
  within: 60,
};

const writesPart: PlantedFault = {
  name: 'categories-by-part',
  seen: 'A category that an agent has set is gone after the next change of hands.',
  patches: [
    {
      file: 'activities/recategorise.ts',
      text: '[...now.filter((id) => !out.includes(id) && id !== added), added]',
      by: '[added]',
    },
  ],
  check: 'category sets are whole',
  says: /^other categories/,
  within: 60,
};

const writesOldSet: PlantedFault = {
  name: 'read-and-write-apart',
  seen: 'A category that an agent has changed since the bot’s last look is as it was before.',
  patches: [
    {
      file: 'activities/recategorise.ts',
      text: 'const { thread_category_ids: now } = await engage.getThread(threadId);',
      by: `const known = sets.get(threadId);
        const now = known ?? (await engage.getThread(threadId)).thread_category_ids;
        sets.set(threadId, now);`,
    },
    {
      file: 'activities/recategorise.ts',
      text: 'mustBeWanted();',
      by: 'mustBeWanted(); sets.set(threadId, wanted);',
    },
    {
      file: 'activities/recategorise.ts',
      text: `}: Pick<Ports, 'engage'>): WorkActivities['recategorise'] =>\n  async function`,
      by: `}: Pick<Ports, 'engage'>, sets = new Map<string, readonly string[]>()): WorkActivities['recategorise'] =>\n  async function`,
    },
  ],
  check: 'category sets are whole',
  says: /^other categories/,
  within: 60,
};

const raisesOne: PlantedFault = {
  name: 'first-attention-only',
  seen: 'A thread that needs attention already never tells that nobody comes.',
  patches: [
    {
      file: `${thread}/state/state.ts`,
      text: 'attention.some((one) => one.code === code)',
      by: 'attention.length > 0',
    },
  ],
  check: 'every reason for attention is raised',
  within: 60,
};

const cutsCharacters: PlantedFault = {
  name: 'cut-at-utf-16',
  seen: 'The bot is given half an emoji, which strict parsers refuse.',
  patches: [
    {
      file: 'bots/messages/cut-text.ts',
      text: 'isFirstHalf ? most - 1 : most',
      by: 'most',
    },
  ],
  check: 'inputs are bounded and whole',
  says: /half a character/,
  within: 10,
};

const dropsAtContinueAsNew: PlantedFault = {
  name: 'signal-lost-at-continue-as-new',
  seen: 'What a customer writes while the run continues as new is answered by nobody.',
  patches: [
    {
      file: `${thread}/workflow.ts`,
      text: '  for (;;) {\n',
      by: `  for (;;) {
    if (published && runner.isIdle && queue.length > 0 && isLongerThan(historyLimit)) {
      return end(false, input, { state, queue: [] });
    }\n`,
    },
  ],
  check: 'nobody is left waiting',
  within: 10,
};

const movesBack: PlantedFault = {
  name: 'late-fact-moves-back',
  seen: 'The bot falls silent in a conversation that the agent has completed.',
  patches: [
    {
      file: `${thread}/transitions/takeover.ts`,
      text: `if (fact.issuedAt <= state.ownership.humanDoneIssuedAt) return count(state, 'late');`,
      by: '',
    },
    {
      file: `${thread}/transitions/intervention.ts`,
      text: `if (isLate(state, event)) return count(state, 'late');`,
      by: '',
    },
  ],
  check: 'a late fact moves nothing back',
  within: 300,
};

const countsNights: PlantedFault = {
  name: 'escalation-counts-the-night',
  seen: 'Agents who come in the morning are reproached at once for what was written at night.',
  patches: [
    {
      file: `${thread}/transitions/escalation-timers.ts`,
      text: '? afterWorkingTime(hours, on.since, escalationStep.after)',
      by: '? on.since + escalationStep.after',
    },
  ],
  check: 'nights do not count',
  within: 60,
};

export const plantedFaults: readonly PlantedFault[] = [
  ...[forgetsOnMoves, countsTries, knowsNoDuplicates, repeatsBlindly, ignoresEpochs],
  ...[writesPart, writesOldSet, raisesOne, cutsCharacters, dropsAtContinueAsNew],
  ...[movesBack, countsNights],
];

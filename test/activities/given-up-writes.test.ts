/**
 * Every activity that writes to the platform: an attempt that the server has given up writes nothing. Against
 * a real platform over HTTP, which counts the writes it receives.
 */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCloseIntervention } from '../../activities/close-intervention.js';
import { createControlThread } from '../../activities/control-thread.js';
import { createLeaveNote } from '../../activities/leave-note.js';
import { createLockThread } from '../../activities/lock-thread.js';
import { createOpenIntervention } from '../../activities/open-intervention.js';
import { createPostReply } from '../../activities/post-reply.js';
import { createRecategorise } from '../../activities/recategorise.js';
import { createSetFields } from '../../activities/set-fields.js';
import { createWriteProfile } from '../../activities/write-profile.js';
import { createEngageClient, type EngageClient } from '../../engage/client.js';
import type { TransportOptions } from '../../engage/transport.js';
import { connectControl } from '../../simulator/control-client.js';
import { categories, users } from '../../simulator/seed.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import type { WorkActivities, WorkInputs } from '../../workflows/contract/work.js';
import { secrets } from '../harness/world.js';

let simulator: Simulator;
let people = 0;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, accessToken: secrets.ENGAGE_TOKEN });
});
afterAll(() => simulator.stop());

/** Work that writes nothing on the platform. */
type Reading =
  | ('askBot' | 'callTool' | 'findReply' | 'readThread' | 'readContents')
  | 'checkAvailability'
  | ('findQueuePosition' | 'meetCustomer');
type Writing = Exclude<keyof WorkActivities, Reading>;
type Case = {
  readonly threadId: string;
  readonly contentId: string;
  readonly interventionId: string;
  readonly identityId: string;
};
type Runs = {
  readonly [D in Writing]: {
    readonly activity: (engage: EngageClient) => WorkActivities[D];
    readonly input: (at: Case) => WorkInputs[D];
  };
};

const emergencies = { isInForce: () => Promise.resolve(false) };

const runs: Runs = {
  postReply: {
    activity: (engage) => createPostReply({ engage, emergencies, messenger: undefined }),
    input: ({ threadId, contentId: inReplyToId }) => ({
      ...{ threadId, inReplyToId, body: 'Welcome!', isPrivate: true, botUserId: users.bot },
      ...{ sourceName: 'chat', botName: 'ours', lookSince: 0, seenContentIds: [] },
      ...{ ownContentIds: [], automaticIdentityIds: [], expectedContents: 1 },
    }),
  },
  recategorise: {
    activity: (engage) => createRecategorise({ engage }),
    input: ({ threadId }) => ({ threadId, out: [categories.bot], in: categories.agent }),
  },
  lockThread: {
    activity: (engage) => createLockThread({ engage }),
    input: ({ threadId }) => ({ threadId }),
  },
  openIntervention: {
    activity: (engage) => createOpenIntervention({ engage }),
    input: ({ threadId, contentId }) => ({ threadId, contentId }),
  },
  closeIntervention: {
    activity: (engage) => createCloseIntervention({ engage }),
    input: ({ interventionId }) => ({ interventionId }),
  },
  leaveNote: {
    activity: (engage) => createLeaveNote({ engage }),
    input: ({ interventionId }) => ({ interventionId, body: 'the customer asked for a person' }),
  },
  setFields: {
    activity: (engage) => createSetFields({ engage }),
    input: ({ interventionId }) => ({ interventionId, fields: { plan: 'gold' } }),
  },
  writeProfile: {
    activity: (engage) => createWriteProfile({ engage }),
    input: ({ identityId }) => ({ identityId, fields: { plan: 'gold' }, named: {} }),
  },
  controlThread: {
    activity: (engage) => createControlThread({ engage, messenger: undefined }),
    input: () => ({ call: 'ask', customerId: 'ana', from: 'bot', to: 'agent' }),
  },
};
const all = Object.keys(runs) as readonly Writing[];

async function openCase(): Promise<Case> {
  const control = connectControl(simulator.url);
  const identity = `ana-${(people += 1)}`;
  await control.identity({ identity, do: 'keep' });
  const cast = await control.customer({ source: 'chat', identity, body: 'hello' });
  const { thread_id: threadId, content_id: contentId } = cast;
  await control.agent({ thread: threadId, agent: 'agent-1', do: 'engage' });
  const [intervention] = (await control.record(threadId)).interventions;
  const [content] = await clientOf({}).listNewestContents(threadId);
  const identityId = content?.author_id ?? '';
  return { threadId, contentId, identityId, interventionId: intervention?.id ?? '' };
}

function clientOf(options: Partial<TransportOptions>): EngageClient {
  const { url } = simulator;
  return createEngageClient({ url, token: secrets.ENGAGE_TOKEN, timeout: 60_000, ...options });
}

type Fate = {
  readonly startToCloseTimeoutMs?: number;
  readonly options?: (attempt: MockActivityEnvironment) => Partial<TransportOptions>;
};

/** @returns the number of writes that the platform has received */
async function writesOf(
  what: Writing,
  { startToCloseTimeoutMs = 60_000, options = () => ({}) }: Fate,
): Promise<number> {
  const input = runs[what].input(await openCase());
  const attempt = new MockActivityEnvironment({ startToCloseTimeoutMs });
  const engage = clientOf(options(attempt));
  const before = await written();
  const activity = runs[what].activity(engage) as (input: object) => Promise<object>;
  await attempt.run(activity, input).catch(() => undefined);
  return (await written()) - before;
}

async function written(): Promise<number> {
  const { requests } = await connectControl(simulator.url).record();
  return requests.filter(({ method }) => method !== 'GET').length;
}

describe.each(all)('%s', (what) => {
  it('writes in time', async () => {
    expect(await writesOf(what, {})).toBeGreaterThan(0);
  });

  it('writes nothing when its time is over', async () => {
    expect(await writesOf(what, { startToCloseTimeoutMs: 0 })).toBe(0);
  });

  it('writes nothing when it was cancelled in the account’s line', async () => {
    const options = (attempt: MockActivityEnvironment): Partial<TransportOptions> => ({
      inTurn: (call, together) => {
        if (together) attempt.cancel();
        return call();
      },
    });
    expect(await writesOf(what, { options })).toBe(0);
  });
});

describe.each(['postReply', 'recategorise', 'lockThread', 'leaveNote', 'writeProfile'] as const)(
  '%s',
  (what) => {
    it('writes nothing when it was given up after its reads', async () => {
      const options = (attempt: MockActivityEnvironment): Partial<TransportOptions> => ({
        fetch: async (...request) => {
          const answer = await fetch(...request);
          attempt.cancel('TIMED_OUT');
          return answer;
        },
      });
      expect(await writesOf(what, { options })).toBe(0);
    });
  },
);

/**
 * A durable chatbot without Baton, for a bench: a web handler that signals, bare workflows, and two
 * activities that make the same calls to the same kind of platform and the same bot. It shares Temporal's
 * server and this process with Baton.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import type { Bot } from '../../bots/bot.js';
import { createEngageClient } from '../../engage/client.js';
import { secrets } from '../../local/baton.js';
import { bareAsking, bareTurns, said, type BareActivities, type Said } from './bare-turns.js';
import type { Context } from './bench.js';
import { bareTurn } from './bare-turn.js';
import { openPlatformProcess, type PlatformProcess } from '../harness/platform-process.js';
import type { TemporalServer } from '../harness/temporal-server.js';

export const bareQueue = 'bare-turns';

export type BareStack = {
  readonly platform: PlatformProcess;
  readonly workflowIdOf: (of: string) => string;
};

export type BareStackOptions = {
  readonly server: TemporalServer;
  readonly bot: Bot;
  /** `asking` makes one activity of a turn, and posts nothing. */
  readonly kind: 'turns' | 'asking';
};

export async function openBareStack(
  context: Context,
  { server, bot, kind }: BareStackOptions,
): Promise<BareStack> {
  const workflowIdOf = (threadId: string) => `bare-${kind}:${threadId}`;
  const workflow = kind === 'turns' ? bareTurns : bareAsking;
  const taskQueue = `${bareQueue}-${kind}`;
  const url = await listen(context, async (content) => {
    const workflowId = workflowIdOf(content.threadId);
    const start = { workflowId, taskQueue, signal: said, signalArgs: [content] as [Said] };
    await server.workflows.signalWithStart(workflow, start);
  });
  const platform = await openPlatformProcess(context, { webhookUrl: url });
  const worker = await Worker.create({
    connection: server.nativeConnection,
    taskQueue,
    workflowBundle: await bareBundle('bare-turns.ts'),
    activities: bareActivities(bot, platform.url),
    maxCachedWorkflows: 1_000,
    workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 1, initial: 5, maximum: 100 },
  });
  const ended = worker.run();
  context.atTheEnd(async () => {
    worker.shutdown();
    await ended;
  });
  return { platform, workflowIdOf };
}

export function bareBundle(file: string) {
  const workflowsPath = fileURLToPath(new URL(file, import.meta.url));
  const logger = new DefaultLogger('ERROR', () => undefined);
  return bundleWorkflowCode({ workflowsPath, logger });
}

/** As Baton does: the thread is read, then posted to. */
function bareActivities(bot: Bot, url: string): BareActivities {
  const engage = createEngageClient({ url, token: secrets.ENGAGE_TOKEN, timeout: 5_000 });
  const { signal } = new AbortController();
  return {
    async ask(content) {
      const answer = await bot.answer(bareTurn(content), { signal, conversationId: 'bench' });
      return answer === 'later' ? '' : answer.replies.map(({ body }) => body).join(' ');
    },
    async post({ threadId, contentId, body }) {
      await engage.getThread(threadId);
      await engage.createReply({ inReplyToId: contentId, body, isPrivate: true });
    },
  };
}

type Delivery = {
  readonly events: readonly {
    readonly type: string;
    readonly resource: {
      readonly id: string;
      readonly metadata: { readonly thread_id?: string; readonly body?: string };
    };
  }[];
};

/** Takes in what customers say; answers when Temporal has it. */
async function listen(context: Context, take: (content: Said) => Promise<void>): Promise<string> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET') return void response.end(searchParams.get('hub.challenge'));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { events } = JSON.parse(Buffer.concat(chunks).toString()) as Delivery;
      const imported = events.filter(({ type }) => type === 'content.imported');
      const contents = imported.map(({ resource: { id, metadata } }) => {
        return { threadId: metadata.thread_id ?? '', contentId: id, body: metadata.body ?? '' };
      });
      void Promise.all(contents.map(take)).then(
        () => response.end('ok'),
        () => response.writeHead(503).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.atTheEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

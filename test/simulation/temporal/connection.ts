/**
 * The connection of Temporal's real client to the simulated server: the calls that Baton makes, with the
 * errors of gRPC. Calls take time, can be refused, and their answers can be lost.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ConnectionLike } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';
import type { VirtualTime } from '../host/virtual-time.js';
import { times, type Conditions } from './faults.js';
import type { Payload } from './payloads.js';
import type { Run, UpdateOutcome } from './run.js';
import type { SimulatedTemporal, StartOptions } from './server.js';
import { search, type Listed } from './visibility.js';
import { isDead, never } from './worker.js';

/** Codes of gRPC. */
const codes = {
  ...{
    invalidArgument: 3,
    deadlineExceeded: 4,
    notFound: 5,
    resourceExhausted: 8,
    unavailable: 14,
  },
} as const;

class GrpcError extends Error {
  readonly code: number;
  readonly details: string;
  readonly metadata = { get: () => [], getMap: () => ({}) };
  constructor(code: keyof typeof codes, details: string) {
    super(details);
    this.code = codes[code];
    this.details = details;
  }
}

/** Values of the protocol's `WorkflowExecutionStatus`. */
const statusNumbers = {
  ...{ RUNNING: 1, COMPLETED: 2, FAILED: 3, CANCELLED: 4, TERMINATED: 5 },
  ...{ CONTINUED_AS_NEW: 6, TIMED_OUT: 7 },
} as const;

type Requests = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
type Execution =
  { readonly workflowId?: string | null; readonly runId?: string | null } | null | undefined;

export type ConnectionOptions = Conditions & {
  readonly time: VirtualTime;
  readonly server: SimulatedTemporal;
};

/** Without a deadline of the caller. */
const longest = 60_000;

export function createConnection(options: ConnectionOptions): ConnectionLike {
  const deadlines = new AsyncLocalStorage<number>();
  const service = createService(options);
  const call = <T>(run: () => T | Promise<T>) => within(options, deadlines.getStore(), run);
  const workflowService = new Proxy(
    {},
    {
      get: (_, name: string) => {
        const method = service[name];
        if (!method) return undefined;
        return (request: never) => call(() => method(request));
      },
    },
  );
  const same = <T>(_: unknown, run: () => Promise<T>) => run();
  const connection = {
    ...{ workflowService, operatorService: {}, plugins: [] },
    close: () => Promise.resolve(),
    ensureConnected: () => Promise.resolve(),
    withDeadline: <T>(deadline: number | Date, run: () => Promise<T>) =>
      deadlines.run(Number(deadline), run),
    ...{ withMetadata: same, withAbortSignal: same, withApiKey: same },
  };
  return connection as unknown as ConnectionLike;
}

function within<T>(
  { time, random, faults }: ConnectionOptions,
  deadline = time.now + longest,
  run: () => T | Promise<T>,
): Promise<T> {
  if (isDead()) return never();
  const isRefused = random.chance(faults.refusedCall);
  const isLost = random.chance(faults.lostAnswer);
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new GrpcError('deadlineExceeded', 'the deadline is over'));
    const limit = time.at(deadline, tooLate);
    const answer = (go: () => void) =>
      time.after(times.call(random), () => {
        limit.cancel();
        go();
      });
    time.after(times.call(random), () => {
      if (isRefused) return answer(() => reject(new GrpcError('unavailable', 'refused')));
      const accepted = Promise.resolve().then(run);
      void accepted.then(
        () => (isLost ? undefined : answer(() => resolve(accepted))),
        () => answer(() => resolve(accepted)),
      );
      return undefined;
    });
  });
}

type Service = Record<string, (request: never) => unknown>;

function createService(options: ConnectionOptions): Service {
  const { server } = options;
  const running = ({ workflowId, runId }: NonNullable<Execution>): Run => {
    const run = server.running(workflowId ?? '', runId ?? '');
    if (!run) throw new GrpcError('notFound', 'workflow execution already completed or not found');
    return run;
  };
  const latest = ({ workflowId, runId }: NonNullable<Execution>): Run => {
    const run = server.latest(workflowId ?? '', runId ?? '');
    if (!run) throw new GrpcError('notFound', 'no such workflow');
    return run;
  };
  const signal = (run: Run, name: string, input: readonly Payload[]) => {
    try {
      server.signal(run, name, input);
    } catch (error) {
      throw error instanceof RangeError ? new GrpcError('resourceExhausted', error.message) : error;
    }
  };
  return {
    startWorkflowExecution(request: Requests) {
      const known = server.running(request.workflowId ?? '');
      if (known && Number(request.workflowIdConflictPolicy) !== useExisting) {
        throw new GrpcError('notFound', 'already started');
      }
      return { runId: server.start(startOf(request)).start.runId, started: !known };
    },
    signalWorkflowExecution(
      request: temporal.api.workflowservice.v1.ISignalWorkflowExecutionRequest,
    ) {
      signal(
        running(request.workflowExecution ?? {}),
        request.signalName ?? '',
        request.input?.payloads ?? [],
      );
      return {};
    },
    signalWithStartWorkflowExecution(
      request: temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionRequest,
    ) {
      const run = server.start(startOf(request));
      signal(run, request.signalName ?? '', request.signalInput?.payloads ?? []);
      return { runId: run.start.runId };
    },
    updateWorkflowExecution(request: UpdateRequest) {
      return update(server, running(request.workflowExecution ?? {}), request);
    },
    async executeMultiOperation(
      request: temporal.api.workflowservice.v1.IExecuteMultiOperationRequest,
    ) {
      const [first, second] = request.operations ?? [];
      const run = server.start(startOf(first?.startWorkflow ?? {}));
      const updated = await update(server, run, second?.updateWorkflow ?? {});
      const startWorkflow = { runId: run.start.runId };
      return { responses: [{ startWorkflow }, { updateWorkflow: updated }] };
    },
    async queryWorkflow(request: temporal.api.workflowservice.v1.IQueryWorkflowRequest) {
      const run = latest(request.execution ?? {});
      const { queryType, queryArgs } = request.query ?? {};
      const answer = await server.query(run, queryType ?? '', queryArgs?.payloads ?? []);
      const payload = answer?.succeeded?.response;
      if (!payload) throw new GrpcError('invalidArgument', answer?.failed?.message ?? 'no answer');
      return { queryResult: { payloads: [payload] } };
    },
    describeWorkflowExecution({ execution }: { readonly execution: Execution }) {
      return { workflowExecutionInfo: infoOf(latest(execution ?? {})), pendingActivities: [] };
    },
    listWorkflowExecutions({
      query,
      pageSize,
    }: {
      readonly query?: string;
      readonly pageSize?: number;
    }) {
      const found = search(server.listed.values(), query ?? '').slice(0, pageSize || 1_000);
      return { executions: found.map(listedInfo), nextPageToken: new Uint8Array() };
    },
    countWorkflowExecutions({ query }: { readonly query?: string }) {
      const { length } = search(server.listed.values(), query ?? '');
      return { count: { toNumber: () => length }, groups: [] };
    },
    terminateWorkflowExecution(
      request: temporal.api.workflowservice.v1.ITerminateWorkflowExecutionRequest,
    ) {
      server.terminate(running(request.workflowExecution ?? {}), request.reason ?? '');
      return {};
    },
    getWorkflowExecutionHistory({ execution }: { readonly execution: Execution }) {
      const { input } = latest(execution ?? {});
      const started = { workflowExecutionStartedEventAttributes: { input: { payloads: input } } };
      return { history: { events: [started] } };
    },
    getWorkflowExecutionHistoryReverse({ execution }: { readonly execution: Execution }) {
      const { terminatedBecause: reason } = latest(execution ?? {});
      const ended =
        reason === undefined ? {} : { workflowExecutionTerminatedEventAttributes: { reason } };
      return { history: { events: [ended] } };
    },
  };
}

/** The protocol's value of `WorkflowIdConflictPolicy`. */
const useExisting = 2;

function startOf(
  request: Requests | temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionRequest,
): StartOptions {
  const { workflowId, workflowType, taskQueue, input, memo, searchAttributes } = request;
  return {
    ...{ workflowId: workflowId ?? '', workflowType: workflowType?.name ?? '' },
    ...{ taskQueue: taskQueue?.name ?? '', input: input?.payloads ?? [] },
    memo: { ...memo?.fields },
    searchAttributes: { ...searchAttributes?.indexedFields },
  };
}

type UpdateRequest = temporal.api.workflowservice.v1.IUpdateWorkflowExecutionRequest;

/** The protocol's value for an update that is done. */
const completedStage = 3;

async function update(server: SimulatedTemporal, run: Run, { request }: UpdateRequest) {
  const id = request?.meta?.updateId ?? '';
  const { name, args } = request?.input ?? {};
  const outcome = await server.update(run, { id, name: name ?? '', input: args?.payloads ?? [] });
  if (!outcome) throw new GrpcError('notFound', 'workflow execution already completed');
  const { workflowId, runId } = run.start;
  return {
    updateRef: { workflowExecution: { workflowId, runId }, updateId: id },
    ...{ outcome: outcomeOf(outcome), stage: completedStage },
  };
}

function outcomeOf(outcome: UpdateOutcome) {
  if ('failed' in outcome) return { failure: outcome.failed };
  return { success: { payloads: [...outcome.succeeded] } };
}

function infoOf(run: Run) {
  const { workflowId, runId, firstRunId, workflowType, taskQueue, startedAt } = run.start;
  return {
    execution: { workflowId, runId },
    ...{ firstRunId, type: { name: workflowType }, taskQueue, status: statusNumbers[run.status] },
    ...{
      startTime: toTime(startedAt),
      executionTime: toTime(startedAt),
      closeTime: toTime(run.closedAt),
    },
    ...{ historyLength: number64(run.events), historySizeBytes: number64(run.bytes) },
    ...{ memo: { fields: run.memo }, searchAttributes: { indexedFields: run.searchAttributes } },
  };
}

function listedInfo({ run, searchAttributes, status }: Listed) {
  const indexedFields = searchAttributes;
  return { ...infoOf(run), status: statusNumbers[status], searchAttributes: { indexedFields } };
}

function toTime(at: number | undefined) {
  return at === undefined ? undefined : msToTs(at);
}

/** As the protocol's library represents integers of 64 bits. */
function number64(value: number) {
  return msToTs(value * 1_000).seconds;
}

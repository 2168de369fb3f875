/** Searches: the part of Temporal's query language that Baton uses, on what searches find by now. */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Run, Status } from './run.js';

export type Listed = {
  readonly run: Run;
  readonly searchAttributes: Run['searchAttributes'];
  readonly status: Status;
};

type Value = string | number | boolean | undefined;
type Condition = (listed: Listed) => boolean;

const statuses: Readonly<Record<string, Status>> = {
  ...{ Running: 'RUNNING', Completed: 'COMPLETED', Failed: 'FAILED', Canceled: 'CANCELLED' },
  ...{ Terminated: 'TERMINATED', TimedOut: 'TIMED_OUT', ContinuedAsNew: 'CONTINUED_AS_NEW' },
};

/** Newest first, as the server lists them. @throws SyntaxError for what Baton does not use */
export function search(all: Iterable<Listed>, query: string): readonly Listed[] {
  const conditions = query === '' ? [] : query.split(' AND ').map(parseCondition);
  return [...all]
    .filter((one) => conditions.every((holds) => holds(one)))
    .sort((one, other) => newest(other) - newest(one));
}

/** Running ones first, then by the time of their end. */
function newest({ run, status }: Listed): number {
  return status === 'RUNNING' ? run.start.startedAt + 1e13 : (run.closedAt ?? 0);
}

function parseCondition(text: string): Condition {
  const found = /^(\w+) (IS NOT NULL|IS NULL|IN|!=|<=|>=|=|<|>) ?(.*)$/s.exec(text.trim());
  if (!found) throw new SyntaxError(`a search that the simulation does not know: ${text}`);
  const [, name = '', operator = '', rest = ''] = found;
  if (operator === 'IS NOT NULL') return (one) => valueOf(one, name) !== undefined;
  if (operator === 'IS NULL') return (one) => valueOf(one, name) === undefined;
  if (operator === 'IN') {
    const wanted = splitList(rest).map((one) => literal(name, one));
    return (one) => wanted.includes(valueOf(one, name));
  }
  const wanted = literal(name, rest);
  return (one) => compare(valueOf(one, name), operator, wanted);
}

function splitList(text: string): readonly string[] {
  return text.replace(/^\(|\)$/g, '').split(/,\s*/);
}

function literal(name: string, text: string): Value {
  const quoted = /^(['"])(.*)\1$/s.exec(text.trim())?.[2];
  if (quoted === undefined) return text === 'true' || (text === 'false' ? false : Number(text));
  const clear = quoted.replaceAll("''", "'").replaceAll('\\\\', '\\');
  if (name === 'ExecutionStatus') return statuses[clear] ?? clear;
  const isTime = /^\d{4}-\d\d-\d\dT/.test(clear);
  return isTime ? Date.parse(clear) : clear;
}

function compare(value: Value, operator: string, wanted: Value): boolean {
  if (operator === '!=') return value !== wanted;
  if (value === undefined || wanted === undefined) return false;
  if (operator === '=') return value === wanted;
  if (operator === '<') return value < wanted;
  if (operator === '<=') return value <= wanted;
  return operator === '>' ? value > wanted : value >= wanted;
}

function valueOf({ run, searchAttributes, status }: Listed, name: string): Value {
  if (name === 'WorkflowId') return run.start.workflowId;
  if (name === 'RunId') return run.start.runId;
  if (name === 'WorkflowType') return run.start.workflowType;
  if (name === 'ExecutionStatus') return status;
  if (name === 'StartTime') return run.start.startedAt;
  if (name === 'CloseTime') return run.closedAt;
  const payload = searchAttributes[name];
  if (!payload || (payload.data?.length ?? 0) === 0) return undefined;
  const value: unknown = defaultPayloadConverter.fromPayload(payload);
  const [one] = Array.isArray(value) ? (value as unknown[]) : [value];
  if (one === null || one === undefined) return undefined;
  const isTime = typeof one === 'string' && /^\d{4}-\d\d-\d\dT/.test(one);
  return isTime ? Date.parse(one) : (one as Value);
}

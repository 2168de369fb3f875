/**
 * `POST /operator/threads/:id/…`: an operator's command to one thread. Author and reason go into the
 * thread's history. An `idempotency-key` makes a repeated call take effect once.
 */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  CommandRefused,
  ThreadOver,
  type OperatorCommand,
} from '../../temporal/operated-threads.js';
import { parseDuration } from '../../settings/duration.js';
import type { CommandName, Failure } from './answers.js';
import type { OperatorContext } from './authorise.js';
import { readBody, unprocessable } from './body.js';
import { bySchema, readName } from './by.js';
import { toThreadView } from './thread-views.js';
import { findThread, type ThreadServices } from './threads.js';
import type { ThreadId } from '../../temporal/thread-id.js';

const reason = 'expected the reason, in up to 500 characters';
const why = z.string({ error: reason }).trim().min(1, reason).max(500, reason);
const longestPause = 31 * 24 * 60 * 60 * 1_000;
const aTime = 'expected a time up to 31d, such as 15m; 0s ends a pause';

export const commandSchema = z.strictObject({ why, by: bySchema });
export const pauseSchema = commandSchema.extend({
  for: z
    .string({ error: aTime })
    .refine((text) => (parseDuration(text) ?? Infinity) <= longestPause, aTime),
});

type Asked = z.output<typeof commandSchema> & { readonly for?: string };

export function createCommand(services: ThreadServices, what: CommandName) {
  const schema: z.ZodType<Asked> = what === 'pauseBot' ? pauseSchema : commandSchema;
  return async function command(c: OperatorContext): Promise<Response> {
    const read = await readBody(c, schema);
    if ('refusal' in read) return read.refusal;
    const named = readName(c, read.body.by);
    if ('refusal' in named) return named.refusal;
    const key = c.req.header('idempotency-key');
    if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) return wrongKey(c);
    const found = await findThread(c, services.threads);
    if ('refusal' in found) return found.refusal;
    const { id, seen } = found;
    const wanted = toCommand(what, { ...read.body, by: named.by });
    try {
      const card = await services.threads.command(id, wanted, updateIdOf(c, id, wanted, key));
      const after = { ...seen, transcript: { ...seen.transcript, card } };
      const reading = { timeZone: 'UTC', now: (services.now ?? Date.now)() };
      return c.json({ thread: toThreadView(after, reading, services.temporalUi) });
    } catch (error) {
      return refused(c, error);
    }
  };
}

function toCommand(what: CommandName, { why, by, for: time }: Asked & { by: string }) {
  const said = { by, why };
  if (what !== 'pauseBot') return { do: what, ...said } satisfies OperatorCommand;
  return { do: what, ...said, forMs: parseDuration(time ?? '0s') ?? 0 } satisfies OperatorCommand;
}

/**
 * The update id, by which Temporal recognises a repeated command. The same key with other arguments, as
 * after a change in the dialog, is another command.
 */
function updateIdOf(
  c: OperatorContext,
  id: ThreadId,
  command: OperatorCommand,
  key: string | undefined,
) {
  const { name } = c.get('principal');
  const what = command.do === 'pauseBot' ? [command.do, command.forMs] : [command.do];
  const words = JSON.stringify([name, id.threadId, ...what, key ?? randomUUID()]);
  return `operator:${createHash('sha256').update(words).digest('base64url')}`;
}

function wrongKey(c: OperatorContext): Response {
  const problem = 'expected up to 200 printable ASCII characters';
  return unprocessable(c, [{ field: 'idempotency-key', problem }]);
}

function refused(c: OperatorContext, error: unknown): Response {
  if (error instanceof ThreadOver) {
    const message = 'the run of the thread has ended: the next content starts a new one';
    return c.json({ error: 'over', message, phase: 'closed' } satisfies Failure, 409);
  }
  if (!(error instanceof CommandRefused)) throw error;
  const { message, phase } = error;
  const failure: Failure = { error: 'illegal', message, ...(phase && { phase }) };
  return c.json(failure, 409);
}

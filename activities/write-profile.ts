/**
 * Writes the customer profile to the account's custom fields: to the customer's record, or to the open
 * intervention if the customer has no record (an identity without a group) or only the intervention
 * has the field. Repeatable: it ends in the same values.
 *
 * The customer's identity is read each time, because after a merge it belongs to another record; this and
 * the writes share one reservation of the budget.
 */
import type { EngageClient } from '../engage/client.js';
import { EngageError } from '../engage/errors.js';
import type { CustomField } from '../engage/resources.js';
import type { WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import { attemptBegins, type Attempt } from './given-up.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';

export const createWriteProfile = ({
  engage,
}: Pick<Ports, 'engage'>): WorkActivities['writeProfile'] =>
  async function writeProfile({ identityId, interventionId, fields, named }) {
    const attempt = attemptBegins();
    const write = async (customFields: readonly CustomField[]) => {
      const groupId = await groupOf(engage, identityId);
      const written: string[] = [];
      const refused: RefusedField[] = [];
      const rest = new Map(Object.entries(fields));
      for (const target of targetsOf(engage, attempt, { groupId, interventionId })) {
        const there = customFields.filter((one) => one.associated_type_name === target.kind);
        const chosen = choose(rest, named, there);
        const result = await writeTo(target, chosen);
        written.push(...result.written);
        refused.push(...result.refused);
        for (const { key } of chosen) rest.delete(key);
      }
      return { written, refused: [...refused, ...unknownOf(rest, named, customFields)] };
    };
    return repeatable(async () => {
      const customFields = await engage.listCustomFields();
      return inOneTurn(engage, mostCalls, () => write(customFields), attempt);
    });
  };

/**
 * Reading the identity and its record, writing to the record, writing to the intervention. Values that the
 * platform refuses are written one by one; those further calls wait in line.
 */
const mostCalls = 4;

type Target = {
  readonly kind: 'IdentityGroup' | 'Intervention';
  /** Reads the present values. */
  readonly read: () => Promise<Readonly<Record<string, unknown>>>;
  readonly write: (values: Values) => Promise<unknown>;
};

/** The customer's record first. */
function targetsOf(
  engage: EngageClient,
  { mustBeWanted }: Attempt,
  { groupId, interventionId }: Readonly<Record<'groupId' | 'interventionId', string | undefined>>,
): readonly Target[] {
  const targets: Target[] = [];
  const wanted = (write: Target['write']) => async (values: Values) => {
    mustBeWanted();
    await write(values);
  };
  if (groupId !== undefined) {
    targets.push({
      kind: 'IdentityGroup',
      read: () => engage.getGroupFields(groupId),
      write: wanted((values) => engage.setGroupFields(groupId, values)),
    });
  }
  if (interventionId !== undefined) {
    targets.push({
      kind: 'Intervention',
      read: () => Promise.resolve({}),
      write: wanted((values) => engage.setInterventionFields(interventionId, values)),
    });
  }
  return targets;
}

/** Skips values written by an earlier attempt; a record takes one update at a time. */
async function writeTo({ read, write }: Target, chosen: readonly Chosen[]) {
  if (chosen.length === 0) return { written: [], refused: [] };
  const values = await read();
  const isThere = ({ field, value }: Chosen) =>
    JSON.stringify(values[field]) === JSON.stringify(value);
  const missing = chosen.filter((one) => !isThere(one));
  const { written, refused } = await writeAll(missing, write);
  return { written: [...chosen.filter(isThere).map(({ key }) => key), ...written], refused };
}

/** If the token may not see the identity, there is no record to write to. */
async function groupOf(engage: EngageClient, identityId: string): Promise<string | undefined> {
  try {
    return (await engage.getIdentity(identityId)).identity_group_id;
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

function isRefused(error: unknown): error is EngageError {
  return error instanceof EngageError && !error.isTransient;
}

type RefusedField = { readonly field: string; readonly code: string };
type Values = Readonly<Record<string, FieldValue>>;
type Chosen = { readonly key: string; readonly field: string; readonly value: FieldValue };
type FieldValue = string | readonly string[];
type Named = Readonly<Record<string, string>>;

function choose(
  fields: ReadonlyMap<string, string>,
  named: Named,
  customFields: readonly CustomField[],
): readonly Chosen[] {
  return [...fields].flatMap(([key, value]) => {
    const field = customFields.find((one) => one.key === (named[key] ?? key));
    if (!field?.key) return [];
    return [{ key, field: field.key, value: field.multiple ? [value] : value }];
  });
}

/** Writes all at once; if the platform refuses, one by one, to find out which value it refuses. */
async function writeAll(
  chosen: readonly Chosen[],
  set: (values: Readonly<Record<string, FieldValue>>) => Promise<unknown>,
): Promise<{ written: readonly string[]; refused: readonly RefusedField[] }> {
  if (chosen.length === 0) return { written: [], refused: [] };
  try {
    await set(Object.fromEntries(chosen.map(({ field, value }) => [field, value])));
    return { written: chosen.map(({ key }) => key), refused: [] };
  } catch (error) {
    if (!isRefused(error)) throw error;
    const [only] = chosen;
    if (chosen.length === 1 && only) {
      return { written: [], refused: [{ field: only.key, code: error.name }] };
    }
  }
  const each = [];
  for (const one of chosen) each.push(await writeAll([one], set));
  return {
    written: each.flatMap(({ written }) => written),
    refused: each.flatMap(({ refused }) => refused),
  };
}

/** A field configured by the business that the account does not have. */
function unknownOf(
  rest: ReadonlyMap<string, string>,
  named: Named,
  customFields: readonly CustomField[],
): readonly RefusedField[] {
  return [...rest.keys()]
    .filter(
      (key) => named[key] !== undefined && !customFields.some((one) => one.key === named[key]),
    )
    .map((key) => ({ field: key, code: 'UnknownField' }));
}

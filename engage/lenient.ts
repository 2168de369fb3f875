/**
 * Schemas for optional fields of a delivery: null and absent are equal, and a present value must be valid.
 * Each is one step for zod, where an optional, transformed union takes five: these fields are most of a
 * delivery, and parsing them was most of the ingress's cost.
 */
import { z } from 'zod';

/** @param read returns `undefined` for an invalid value */
function optional<T, Absent>(
  expected: string,
  absent: Absent,
  read: (given: unknown) => T | undefined,
) {
  return z
    .any()
    .optional()
    .transform((given: unknown, context): T | Absent => {
      if (given === null || given === undefined) return absent;
      const value = read(given);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: `Invalid input: expected ${expected}` });
      return z.NEVER;
    });
}

/** The platform's ids are opaque strings to us. */
function idOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given === '' ? undefined : given;
  return typeof given === 'number' && Number.isFinite(given) ? String(given) : undefined;
}

export const optionalId = optional('an id', undefined, idOf);

export const optionalText = optional('string', undefined, (given) =>
  typeof given === 'string' ? given : undefined,
);

const none: string[] = [];

export const optionalIds = optional('a list of ids', none, (given) => {
  if (!Array.isArray(given)) return undefined;
  const ids = given.map(idOf);
  return ids.every((one) => one !== undefined) ? ids : undefined;
});

const words = z.stringbool();

/** One official sample has the string "false". */
export const optionalFlag = optional('boolean', false, (given) =>
  typeof given === 'boolean' ? given : words.safeParse(given).data,
);

/** Checks only that it is an object, without a copy; the event's own schema parses it. */
export const optionalRecord = optional('record', {}, (given) =>
  typeof given === 'object' && !Array.isArray(given) ? (given as object) : undefined,
);

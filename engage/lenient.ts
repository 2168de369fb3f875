/**
 * Fields the platform may leave out, of a delivery: null and absent are equal, and what is there must be
 * what it should be. Each is one step for zod where a union, made optional and transformed, is five:
 * these are most of what a delivery consists of, and reading them was most of what the ingress cost.
 */
import { z } from 'zod';

/** @param read `undefined`: it is not what it should be */
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

/** The platform's ids are opaque: never more than a string to us. */
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

/** Looked into by its event's own schema: here only whether it is one, and not copied. */
export const optionalRecord = optional('record', {}, (given) =>
  typeof given === 'object' && !Array.isArray(given) ? (given as object) : undefined,
);

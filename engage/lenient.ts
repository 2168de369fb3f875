/**
 * Schemas for optional fields of a delivery: null and absent are equal, and a present value must be valid.
 * Each is one step for zod, where an optional, transformed union takes five: these fields are most of a
 * delivery, and parsing them was most of the ingress's cost.
 *
 * Every value is bounded: a thread carries what it receives, and Temporal ends a run that carries too much.
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

/**
 * Longest texts of a content, in characters, however it comes: by webhook or by the reconciler. The platform
 * allows a customer 20,000.
 */
export const contentLimits = { body: 20_000, payload: 4_000, word: 100 } as const;

/** Longest id, in characters; the platform's own have 24. */
export const idLimit = 512;

/** The platform's ids are opaque strings to us. */
function idOf(given: unknown): string | undefined {
  if (typeof given === 'string') return isIdLength(given) ? given : undefined;
  return typeof given === 'number' && Number.isFinite(given) ? String(given) : undefined;
}

function isIdLength({ length }: string): boolean {
  return length > 0 && length <= idLimit;
}

export const optionalId = optional(`an id of at most ${idLimit} characters`, undefined, idOf);

/** A text, cut to this number of characters (UTF-16 units). */
export const optionalText = (limit: number) =>
  optional('string', undefined, (given) =>
    typeof given === 'string' ? cutText(given, limit) : undefined,
  );

/** Never cuts within a surrogate pair. */
function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1));
  return text.slice(0, isPair ? limit - 1 : limit);
}

/** Most ids of a list, such as a content's categories; further ones are dropped. */
const listLimit = 200;

const none: string[] = [];

export const optionalIds = optional('a list of ids', none, (given) => {
  if (!Array.isArray(given)) return undefined;
  const ids = given.slice(0, listLimit).map(idOf);
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

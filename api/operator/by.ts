/** The author's name for the history: the caller's own, or, with a shared token, the one in the request. */
import { z } from 'zod';
import type { OperatorContext } from './authorise.js';
import { unprocessable } from './body.js';

const expected = 'expected your name, of up to 500 characters';
export const bySchema = z.string({ error: expected }).trim().min(1, expected).max(500).optional();

export function readName(
  c: OperatorContext,
  by: string | undefined,
): { readonly by: string } | { readonly refusal: Response } {
  const { name, isShared, notThese = [] } = c.get('principal');
  const isTaken = isShared && by !== undefined && notThese.includes(by);
  if (!isShared && (by === undefined || by === name)) return { by: name };
  if (isShared && by !== undefined && !isTaken) return { by };
  const other = isTaken ? `${by} has a separate token` : expected;
  const problem = isShared ? other : `your name is ${name}: omit the field`;
  return { refusal: unprocessable(c, [{ field: 'by', problem }]) };
}

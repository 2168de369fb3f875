/**
 * Maps keys of the customer profile to custom fields of the account. A key that is not listed maps to the
 * custom field of the same key.
 */
import { z } from 'zod';

const key = z
  .string()
  .regex(/^[a-zA-Z][\w-]{0,63}$/, 'expected a name of letters, digits, _ and -');
const field = z.string().trim().min(1, 'is empty: name the key of a custom field').max(100);

export const profileSchema = z.strictObject({
  fields: z.record(key, field).default({}),
});

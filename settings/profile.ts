/**
 * Where what the bot learns goes: the keys it uses, and the custom fields of the account they mean. A key
 * that is not named here means the custom field of the same key.
 */
import { z } from 'zod';

const key = z
  .string()
  .regex(/^[a-zA-Z][\w-]{0,63}$/, 'expected a name of letters, digits, _ and -');
const field = z.string().trim().min(1, 'is empty: name the key of a custom field').max(100);

export const profileSchema = z.strictObject({
  fields: z.record(key, field).default({}),
});

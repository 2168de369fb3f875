/** Calls about the customer's record and the account's custom fields. */
import { z } from 'zod';
import { identitySchema, type Identity } from './people-resources.js';
import { customFieldSchema, createPageSchema, type CustomField } from './resources.js';
import type { Transport } from './transport.js';

/** A list for a field with several values. */
export type FieldValues = Readonly<Record<string, string | readonly string[]>>;

export type Profiles = {
  /** @throws NotFound */
  getIdentity(identityId: string): Promise<Identity>;
  /** The custom fields of a customer's record, by key. */
  getGroupFields(groupId: string): Promise<Readonly<Record<string, unknown>>>;
  /** All of the account; invalid ones are left out. */
  listCustomFields(): Promise<readonly CustomField[]>;
  /**
   * Sets custom fields of the customer's record by key; others keep their values. Idempotent. @throws
   * Conflict during another update, Unprocessable for an invalid value
   */
  setGroupFields(groupId: string, fields: FieldValues): Promise<unknown>;
};

const at = encodeURIComponent;
const pageSize = 150;
const group = z.object({ custom_field_values: z.record(z.string(), z.unknown()).nullish() });
const customFields = createPageSchema(customFieldSchema.optional().catch(undefined));

export function profileCalls(send: Transport): Profiles {
  return {
    getIdentity: (id) =>
      send({ method: 'GET', path: `/identities/${at(id)}`, answer: identitySchema }),

    async getGroupFields(id) {
      const path = `/identity_groups/${at(id)}`;
      const { custom_field_values: values } = await send({ method: 'GET', path, answer: group });
      return values ?? {};
    },

    async listCustomFields() {
      const found: CustomField[] = [];
      for (let offset = 0; ; offset += pageSize) {
        const query = { offset: `${offset}`, limit: `${pageSize}` };
        const page = await send({
          ...{ method: 'GET', path: '/custom_fields' },
          ...{ query, answer: customFields },
        });
        found.push(...page.records.filter((one) => one !== undefined));
        if (page.records.length === 0 || offset + pageSize >= page.count) return found;
      }
    },

    setGroupFields: (id, fields) =>
      send({
        method: 'PUT',
        path: `/identity_groups/${at(id)}`,
        form: customFieldForm(fields),
        answer: z.object({ id: z.union([z.string(), z.number()]) }),
      }),
  };
}

export function customFieldForm(fields: FieldValues): readonly (readonly [string, string])[] {
  return Object.entries(fields).flatMap(([key, value]): [string, string][] => {
    const name = `custom_field_values[${key}]`;
    return typeof value === 'string' ? [[name, value]] : value.map((one) => [`${name}[]`, one]);
  });
}

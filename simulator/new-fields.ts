/** The custom fields of a fresh account, for customers and interventions, with and without constraints. */
import type { CustomField } from './state.js';

type Kind = Pick<CustomField, 'associated_type_name' | 'key'> & Partial<CustomField>;

const customer = 'IdentityGroup';
const handling = 'Intervention';

export function seededFields(): readonly CustomField[] {
  const all: readonly Kind[] = [
    { associated_type_name: customer, key: 'plan' },
    { associated_type_name: customer, key: 'age', type: 'integer' },
    { associated_type_name: customer, key: 'tier', type: 'single_choice', choices: ['a', 'b'] },
    { associated_type_name: customer, key: 'interests', multiple: true },
    { associated_type_name: customer, key: 'account_number', read_only: true },
    { associated_type_name: handling, key: 'order' },
    { associated_type_name: handling, key: 'topic' },
  ];
  return all.map((field, position) => ({
    id: `61b0700000000000000cf0${position.toString().padStart(2, '0')}`,
    label: field.key,
    type: 'string',
    choices: [],
    multiple: false,
    read_only: false,
    created_at: '2026-01-01T00:00:00.000Z',
    ...field,
    position,
  }));
}

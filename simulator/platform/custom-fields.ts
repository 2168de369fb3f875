/** Validates values of custom fields: unknown fields and wrong types are refused. */
import type { CustomField } from '../state.js';
import { ApiError, type Platform } from './platform.js';

type Given = Readonly<Record<string, unknown>>;

/** Returns the values unchanged if all are valid. @throws ApiError 422 naming the field */
export function checkedFields(
  { state }: Platform,
  of: CustomField['associated_type_name'],
  given: Given,
): Given {
  const fields = Object.values(state.custom_fields).filter(
    ({ associated_type_name: name }) => name === of,
  );
  for (const [key, value] of Object.entries(given)) {
    const field = fields.find((one) => one.key === key);
    const problem = field ? problemOf(field, value) : 'is not a custom field';
    if (problem !== undefined) throw new ApiError(422, 'validation_error', `${key} ${problem}`);
  }
  return given;
}

function problemOf(field: CustomField, given: unknown): string | undefined {
  if (Array.isArray(given) && !field.multiple) return 'takes one value';
  if (field.read_only) return 'is read only';
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  return values.every((value) => isOf(field, String(value))) ? undefined : 'is invalid';
}

function isOf({ type, choices }: CustomField, value: string): boolean {
  switch (type) {
    case 'integer':
      return /^-?\d+$/.test(value);
    case 'float':
      return value.trim() !== '' && Number.isFinite(Number(value));
    case 'boolean':
      return ['true', 'false', '1', '0'].includes(value);
    case 'single_choice':
    case 'multiple_choice':
      return choices.includes(value);
    default:
      return true;
  }
}

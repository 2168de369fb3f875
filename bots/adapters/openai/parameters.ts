/**
 * Validates a tool's arguments against its JSON Schema: invalid arguments are never sent. Errors name the
 * place, in words by which a model can correct it.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Json } from '../../bot.js';
import { parseJson } from '../../json.js';

type Compiled =
  | { readonly validate: ValidateFunction; readonly problem?: never }
  | { readonly validate?: never; readonly problem: string };

/** Not strict, because schemas often contain keywords such as `example`. */
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);

const compiled = new WeakMap<object, Compiled>();

/** `problem`: the schema is not a JSON Schema of an object. */
export function compileParameters(schema: Readonly<Record<string, unknown>>): Compiled {
  const known = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, known);
  return known;
}

function compile(schema: Readonly<Record<string, unknown>>): Compiled {
  if (schema['type'] !== 'object') return { problem: 'expected a JSON Schema of type object' };
  try {
    return { validate: ajv.compile(schema) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'not a JSON Schema' };
  }
}

/** The parsed arguments, or the errors in them. */
export function readArguments(
  written: string,
  schema: Readonly<Record<string, unknown>>,
): { readonly input: Json } | { readonly problem: string } {
  const input = parseModelJson(written);
  if (input === undefined) return { problem: 'the arguments are not JSON' };
  const { validate, problem } = compileParameters(schema);
  if (!validate) return { problem };
  if (validate(input)) return { input };
  const errors = validate.errors ?? [];
  const problems = errors.slice(0, 5).map(({ instancePath, message = 'is wrong' }) => {
    return `${instancePath || 'the arguments'} ${message}`;
  });
  return { problem: problems.join('; ') };
}

/** Models may send empty text for a tool without arguments. */
export function parseModelJson(written: string): Json | undefined {
  return parseJson(written.trim() === '' ? '{}' : written) as Json | undefined;
}

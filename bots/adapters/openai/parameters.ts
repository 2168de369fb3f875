/**
 * A tool's arguments against the JSON Schema it is declared with: what does not fit is never sent to
 * anybody. What is wrong is said by place, in words a model can mend it by.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Json } from '../../bot.js';

type Compiled =
  | { readonly validate: ValidateFunction; readonly problem?: never }
  | { readonly validate?: never; readonly problem: string };

/** People write `example` and the like into schemas. */
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);

const compiled = new WeakMap<object, Compiled>();

/** `problem`: it is no JSON Schema of an object. */
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

/** The arguments as a model wrote them, or what is wrong with them. */
export function readArguments(
  written: string,
  schema: Readonly<Record<string, unknown>>,
): { readonly input: Json } | { readonly problem: string } {
  const input = parseJson(written);
  if (input === undefined) return { problem: 'the arguments are not JSON' };
  const { validate, problem } = compileParameters(schema);
  if (!validate) return { problem };
  if (validate(input)) return { input };
  const errors = validate.errors ?? [];
  const told = errors.slice(0, 5).map(({ instancePath, message = 'is wrong' }) => {
    return `${instancePath || 'the arguments'} ${message}`;
  });
  return { problem: told.join('; ') };
}

/** Models call a tool without arguments by an empty text. */
export function parseJson(written: string): Json | undefined {
  try {
    return JSON.parse(written.trim() === '' ? '{}' : written) as Json;
  } catch {
    return undefined;
  }
}

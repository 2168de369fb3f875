/**
 * Every request our client makes and every answer the simulator gives, against Engage's published API
 * description, where that is at hand (`../shared/engage-openapi.json`); elsewhere this says once that
 * it is skipped.
 *
 * Compared are the method and path, each parameter's name and type wherever it travels, and the answer
 * by its schema, every property but `id` nullable as the description itself notes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, expect } from 'vitest';
import type { Exchange } from '../../simulator/rest/app.js';
import { root } from './source-files.js';

type Parameter = { readonly name: string; readonly in?: string; readonly schema: AnySchema };
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<
    Record<string, { readonly content?: Record<string, { schema: AnySchema }> }>
  >;
  readonly 'x-extra-params'?: readonly Parameter[];
};
type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};

const path = join(root, '../shared/engage-openapi.json');
export const isDescriptionAtHand = existsSync(path);

const description = isDescriptionAtHand
  ? (JSON.parse(readFileSync(path, 'utf8')) as Description)
  : undefined;
const violations = new Set<string>();
let checked = 0;

const ajv = new Ajv({ strict: false, coerceTypes: true });
addFormats.default(ajv);
if (description) {
  const nullable = { components: { schemas: withNulls(description.components.schemas) } };
  ajv.addSchema(nullable, 'engage');
}
const global = ['access_token', 'impersonated_user_id'];

/** Give this to a simulator; each test file that did fails at its end when anything did not conform. */
export function observeExchange(exchange: Exchange): void {
  if (!description) return;
  checked += 1;
  for (const problem of problemsOf(description, exchange)) {
    violations.add(`${exchange.method} ${exchange.path} ${exchange.status}: ${problem}`);
  }
}

afterAll(() => {
  if (!description) console.log('conformance with the published API: skipped, no description here');
  const found = [...violations];
  violations.clear();
  expect(found).toEqual([]);
});

export function checkedExchanges(): number {
  return checked;
}

export function problemsOf(of: Description, exchange: Exchange): readonly string[] {
  const { method, status } = exchange;
  const found = operationOf(of, method, exchange.path);
  if (!found) return status === 404 ? [] : ['there is no such operation'];
  const { operation } = found;
  return [...parameterProblems(operation, exchange), ...answerProblems(operation, exchange)];
}

function operationOf(of: Description, method: string, at: string) {
  const given = at.replace(/^\/1\.0/, '').split('/');
  for (const [template, operations] of Object.entries(of.paths)) {
    const wanted = template.split('/');
    const operation = operations[method.toLowerCase()];
    if (!operation || wanted.length !== given.length) continue;
    if (wanted.every((part, i) => part.startsWith('{') || part === given[i])) return { operation };
  }
  return undefined;
}

function parameterProblems(operation: Operation, { parameters, status }: Exchange): string[] {
  if (status >= 400) return [];
  const known = [...(operation.parameters ?? []), ...(operation['x-extra-params'] ?? [])];
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (global.includes(name)) return [];
    const plain = (given: string) => given.replace(/\[.*\]$/, '');
    const parameter = known.find((one) => plain(one.name) === name && one.in !== 'path');
    if (!parameter) return operation.requestBody ? [] : [`unknown parameter ${name}`];
    if (parameter.name.includes('[') && !parameter.name.endsWith('[]')) return [];
    const validate = ajv.compile(withRefs(parameter.schema));
    return validate(structuredClone(value)) ? [] : [`parameter ${name}: ${explain(validate)}`];
  });
}

function answerProblems(operation: Operation, { answer, status }: Exchange): string[] {
  const response = operation.responses[String(status)] ?? operation.responses['default'];
  const error = { $ref: 'engage#/components/schemas/Error' };
  const schema = status >= 400 ? error : response?.content?.['application/json']?.schema;
  if (!schema) return [];
  const validate = answerValidator(schema);
  return validate(answer) ? [] : [`answer: ${explain(validate)}`];
}

const strict = new Ajv({ strict: false });
addFormats.default(strict);
if (description) {
  strict.addSchema(
    { components: { schemas: withNulls(description.components.schemas) } },
    'engage',
  );
}
const validators = new Map<string, ValidateFunction>();

function answerValidator(schema: AnySchema): ValidateFunction {
  const key = JSON.stringify(schema);
  const known = validators.get(key) ?? strict.compile(withRefs(schema));
  validators.set(key, known);
  return known;
}

function withRefs(schema: AnySchema): AnySchema {
  const text = JSON.stringify(schema).replaceAll('"#/components', '"engage#/components');
  return JSON.parse(text) as AnySchema;
}

/** Guides show null nearly everywhere; the description never says so. */
function withNulls(schemas: Readonly<Record<string, object>>): object {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node).map(([key, value]) => {
      if (key !== 'properties') return [key, visit(value)];
      const properties = Object.entries(value as object).map(([name, schema]) =>
        name === 'id'
          ? [name, visit(schema)]
          : [name, { anyOf: [visit(schema), { type: 'null' }] }],
      );
      return [key, Object.fromEntries(properties) as object];
    });
    return Object.fromEntries(entries) as object;
  };
  return visit(schemas) as object;
}

function explain({ errors }: ValidateFunction): string {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
}

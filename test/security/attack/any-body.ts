/**
 * Bodies that nobody should send: broken and deep JSON, wrong types in right places, names that every
 * object has, text beyond Unicode, and much of it.
 */
import * as fc from 'fast-check';

/** Names that have a meaning in JavaScript. */
const trapNames = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then');
const names = fc.oneof(trapNames, fc.string({ maxLength: 12 }), fc.constant(''));

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\u0000', '\ud800', '\udfff\ud800', '\u202e', '‮', '💥'.repeat(50)),
  fc.constantFrom("' OR 1=1 --", '${7*7}', '{{7*7}}', '../../etc/passwd', '<script>', '%00'),
  fc.constantFrom(1, 1_000, 100_000).map((times) => 'x'.repeat(times)),
);

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, -1, 2 ** 31, 2 ** 53, 1e308, -1e308, 5e-324),
);

/** Any JSON value, traps included. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(texts, numbers, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }).map(ownEntries),
  ),
})).value;

/** `__proto__` too becomes a key of its own, as `JSON.parse` makes it. */
function ownEntries(entries: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, value] of entries) {
    Object.defineProperty(made, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return made;
}

/** A good body with something else in one or two of its places, or one place gone. */
export function spoilt(good: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.option(anyValue, { nil: undefined })), {
    minLength: 1,
    maxLength: 2,
  });
  return fc.tuple(good, changes).map(([whole, all]) => {
    const copy = structuredClone(whole);
    for (const [where, value] of all) change(copy, where, value);
    return copy;
  });
}

function change(whole: object, where: number, value: unknown): void {
  const places = placesIn(whole);
  const place = places[where % Math.max(1, places.length)];
  if (!place) return;
  if (value === undefined) Reflect.deleteProperty(place.of, place.name);
  else Reflect.set(place.of, place.name, value);
}

function placesIn(value: object): readonly { readonly of: object; readonly name: string }[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const below = typeof inner === 'object' && inner !== null ? placesIn(inner as object) : [];
    return [{ of: value, name }, ...below];
  });
}

/** Bytes that are no JSON, or hardly. */
export const brokenText: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(1, 100, 10_000, 400_000).map((deep) => Buffer.from('['.repeat(deep))),
  fc
    .constantFrom(100, 5_000)
    .map((deep) => Buffer.from(`${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`)),
  fc
    .constantFrom('', 'null', '0', '"', '{', '{"events":[', '\ufeff{}', '{"a":1e999}', '[1,]')
    .map((text) => Buffer.from(text)),
  fc.constant(Buffer.alloc(1_048_577, 'x')),
);

/** Text as UTF-8; what is no Unicode travels as escapes. */
export function asBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

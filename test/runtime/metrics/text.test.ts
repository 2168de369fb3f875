/** Prometheus's text format, read back as it was meant: by examples, and for any labels and values. */
import fc from 'fast-check';
import { Gauge, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { parseText, type Sample } from '../../../runtime/metrics/text.js';

describe('what a worker serves', () => {
  it.each<[string, string, readonly Sample[]]>([
    ['a bare number', 'a_b 3', [{ name: 'a_b', labels: {}, value: 3 }]],
    ['labels', 'a{b="c",d="e"} 1.5', [{ name: 'a', labels: { b: 'c', d: 'e' }, value: 1.5 }]],
    ['a comma at the end', 'a{b="c",} 1', [{ name: 'a', labels: { b: 'c' }, value: 1 }]],
    ['no labels in braces', 'a{} 1', [{ name: 'a', labels: {}, value: 1 }]],
    ['blanks anywhere', ' a { b = "c" } \t1 ', [{ name: 'a', labels: { b: 'c' }, value: 1 }]],
    ['a time', 'a 1e3 1700000000000', [{ name: 'a', labels: {}, value: 1000 }]],
    ['no end', 'a{le="+Inf"} +Inf', [{ name: 'a', labels: { le: '+Inf' }, value: Infinity }]],
    ['no number', 'a NaN', [{ name: 'a', labels: {}, value: NaN }]],
    ['escapes', String.raw`a{b="\\\"\n,}"} 1`, [{ name: 'a', labels: { b: '\\"\n,}' }, value: 1 }]],
    ['comments', '# HELP a b\n# TYPE a counter\na 1', [{ name: 'a', labels: {}, value: 1 }]],
    [
      'what is cut short',
      'a{b="c\nd{e="f" 1\n{} 1\ng\nh x\ni 1',
      [{ name: 'i', labels: {}, value: 1 }],
    ],
  ])('%s', (_, text, samples) => {
    expect(parseText(text)).toEqual(samples);
  });
});

const labelName = fc
  .stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/)
  .filter((one) => one !== '__proto__');

describe('for any labels and value', () => {
  it('what prom-client writes is read back', async () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.integer());
    const labels = fc.dictionary(labelName, fc.string({ unit: 'grapheme' }), { maxKeys: 4 });
    const property = fc.asyncProperty(labels, value, async (given, set) => {
      const registry = new Registry();
      const [name, help] = ['baton_any', 'any'];
      const gauge = new Gauge({
        name,
        help,
        labelNames: Object.keys(given),
        registers: [registry],
      });
      gauge.set(given, set);
      const [sample, ...more] = parseText(await registry.metrics());
      expect(more).toEqual([]);
      expect(sample).toEqual({ name, labels: { ...given }, value: set === 0 ? 0 : set });
    });
    await fc.assert(property);
  });

  it('no text makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseText(text)));
  });
});

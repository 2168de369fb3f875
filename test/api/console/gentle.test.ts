/** What one who watches the list costs Temporal: at most a search a second. Counted where they arrive. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, noChromium, openChromium } from '../../harness/chromium.js';
import { startCountedIngress, type CountedIngress } from '../../harness/counted-ingress.js';
import { eventually, limit } from '../../harness/eventually.js';
import { tokens } from '../../harness/operators.js';
import { startTemporal } from '../../harness/temporal.js';

const chromium = findChromium();
const looks = 5;
let temporal: TestWorkflowEnvironment;
let ingress: CountedIngress;

beforeAll(async () => {
  if (chromium === undefined) return;
  temporal = await startTemporal();
  ingress = await startCountedIngress(temporal.address, temporal.namespace);
});
afterAll(async () => {
  if (chromium === undefined) return;
  await ingress.close();
  await temporal.teardown();
});

describe.skipIf(chromium === undefined)('a viewer of the list', () => {
  if (chromium === undefined) console.log(noChromium);

  it('adds at most one search a second to what Temporal is asked', async () => {
    const browser = await openChromium(chromium ?? '');
    const page = await browser.newPage();
    page.setDefaultTimeout(limit);
    const answered: string[] = [];
    page.on('response', (one) => void answered.push(new URL(one.url()).pathname));
    const times = (path: string) => answered.filter((one) => one === path).length;
    // No more looks than are counted, however late this is noticed.
    let asked = 0;
    await page.route('**/operator/threads?*', (route) => {
      asked += 1;
      return asked > 1 + looks ? undefined : route.continue();
    });
    await page.goto(`${ingress.origin}/console/#token=${tokens.vera}`);
    await eventually(() => times('/operator/threads')).toBe(1);
    await eventually(() => times('/operator/counts')).toBeGreaterThan(0);
    ingress.takeSearches();
    const began = performance.now();
    await eventually(() => times('/operator/threads')).toBe(1 + looks);
    const seconds = (performance.now() - began) / 1_000;
    const searches = ingress.takeSearches();
    await browser.close();
    console.log(`${searches.length} searches in ${seconds.toFixed(1)} s`);
    // The counts of one moment are four at once: their share may fall into a short window whole.
    expect(searches.length).toBeLessThanOrEqual(seconds + 4);
    expect(searches.filter((one) => one.startsWith('List')).length).toBeLessThanOrEqual(6);
  });
});

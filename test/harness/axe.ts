/**
 * What axe-core has to say about a page, in a real browser. It goes in over the debugging protocol, past
 * the page's own Content-Security-Policy.
 */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Finding = {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
};

/** Serious and critical violations: the rule, and the first element that breaks it. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const run = `${axe.source};
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`;
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: run,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(`axe-core failed: ${exceptionDetails.text}`);
  const violations = result.value as readonly Finding[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} ${String(nodes[0]?.target.join(' '))}`);
}

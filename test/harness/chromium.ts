/**
 * A real Chromium, driven through playwright-core: the one `BATON_CHROMIUM` names, one on PATH, or
 * Playwright's own download where there is one. Where there is none a test is skipped and says why.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { onPath } from '../../local/setup/command.js';

/** Milliseconds until a browser that starts is given up. */
const slowest = 180_000;
const names = ['chromium', 'chromium-browser', 'google-chrome'];

export const noChromium =
  'no Chromium: set BATON_CHROMIUM, or put chromium, chromium-browser or google-chrome on PATH';

export function findChromium(): string | undefined {
  const named = process.env['BATON_CHROMIUM'];
  if (named) return named;
  const installed = names.map(onPath).find((path) => path !== undefined);
  if (installed) return installed;
  const downloaded = chromium.executablePath();
  return existsSync(downloaded) ? downloaded : undefined;
}

export function openChromium(executablePath: string): Promise<Browser> {
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking'];
  const args = ['--headless', '--no-sandbox', '--disable-gpu', ...quiet];
  return chromium.launch({ executablePath, args, timeout: slowest });
}

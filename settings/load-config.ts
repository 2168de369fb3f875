/** Reads `baton.config.ts` (or the file in `BATON_CONFIG`), and reports all errors at once. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wrongFallbacks } from './breaker.js';
import { configSchema, type BusinessSettings } from './business.js';
import { wrongOperators } from './operators.js';
import { danglingBots } from './routes.js';
import { SettingsError, wrongSettings } from './settings-error.js';
import { danglingWebChat } from './web-chat.js';

/** @throws SettingsError */
export async function loadConfig(path: string): Promise<BusinessSettings> {
  return parseConfig(await readConfig(path));
}

/** The file's default export, not validated. @throws SettingsError when it cannot be loaded */
export async function readConfig(path: string): Promise<unknown> {
  let file: { config?: unknown };
  try {
    file = (await import(pathToFileURL(resolve(path)).href)) as { config?: unknown };
  } catch (error) {
    throw new SettingsError([{ setting: path, problem: problemOf(error, path) }]);
  }
  if (file.config === undefined) {
    throw new SettingsError([{ setting: path, problem: 'expected `export const config = …`' }]);
  }
  return file.config;
}

/** @throws SettingsError */
export function parseConfig(config: unknown): BusinessSettings {
  const parsed = configSchema.safeParse(config);
  const dangling = [...danglingBots(config), ...wrongFallbacks(config), ...danglingWebChat(config)];
  if (parsed.success) dangling.push(...wrongOperators(parsed.data));
  if (parsed.success && dangling.length === 0) return parsed.data;
  throw new SettingsError([...(parsed.error ? wrongSettings(parsed.error) : []), ...dangling]);
}

function problemOf(error: unknown, path: string): string {
  if (!existsSync(path)) return 'no such file';
  const { code, message } = error as NodeJS.ErrnoException;
  // Outside a package with `"type": "module"`.
  if (code === 'ERR_REQUIRE_CYCLE_MODULE') return 'in another folder its name must end with .mts';
  return error instanceof Error ? message : 'it cannot be loaded';
}

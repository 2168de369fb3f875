/**
 * Loads the modules of a kit bot, once a process, CommonJS or ESM, unmodified. A module that is not a kit
 * bot is refused, with the setting that names it.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { KitEvent } from './event.js';
import type { KitClient } from './client.js';

/** Argument that the kit passes to `onEvent`. */
export type Given = {
  readonly event: KitEvent;
  readonly client: KitClient;
  /** Return value of an earlier skill, if there was one. */
  readonly handled: unknown;
  /** Passed to skills only. */
  readonly shouldUseSignature?: unknown;
};

/** `onEvent` is optional for a skill; the kit skips a skill without it. */
export type KitSkill = { onEvent?(given: Given): unknown; readonly appExtend?: unknown };

export type KitBot = {
  onEvent(given: Given): unknown;
  readonly skills: readonly KitSkill[];
  readonly shouldUseSignature?: unknown;
};

type Exported = { onEvent(given: Given): unknown; readonly [name: string]: unknown };

/** @throws WrongModule naming the setting */
export async function loadKitBot(
  { module, skills }: { readonly module: string; readonly skills: readonly string[] },
  setting: string,
): Promise<KitBot> {
  const bot = await load(module, `${setting}.module`);
  const added: Exported[] = [];
  for (const [index, path] of skills.entries()) {
    added.push(await load(path, `${setting}.skills.${index}`));
  }
  const own = Array.isArray(bot['skills']) ? (bot['skills'] as readonly KitSkill[]) : [];
  return { ...bot, skills: [...own, ...added] };
}

export class WrongModule extends Error {
  override readonly name = 'WrongModule';
}

/** A path from where the process runs, or a `file:` URL. */
async function load(path: string, setting: string): Promise<Exported> {
  const url = path.startsWith('file:') ? path : pathToFileURL(resolve(path)).href;
  let loaded: unknown;
  try {
    loaded = await import(url);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it threw while it was loaded';
    throw new WrongModule(`${setting}: cannot load ${path}: ${why}`);
  }
  // CommonJS exports are the default of their namespace; a transpiled default is nested once more.
  const inside = member(loaded, 'default');
  const found = [inside, loaded, member(inside, 'default')].find(isExported);
  if (found) return found;
  throw new WrongModule(`${setting}: ${path} exports no function onEvent`);
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}

function isExported(module: unknown): module is Exported {
  return typeof member(module, 'onEvent') === 'function';
}

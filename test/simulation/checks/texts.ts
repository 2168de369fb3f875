/**
 * Texts of Baton and of the business that answer nothing: they promise an answer, ask for a word, or say
 * farewell. Everything else that the bot's user posts is an answer.
 */
import { sourceSettings } from '../../../settings/business.js';
import { deployedIn, type Plan } from '../plan/plan.js';
import { createBusiness, script as scripted, type BusinessChoices } from '../world/business.js';
import type { World } from '../world/world.js';

export type Texts = {
  readonly isPromise: (body: string | null) => boolean;
  /** A text of Baton's own, which it may send again when the same happens again. */
  readonly isBatons: (body: string | null) => boolean;
};

export function textsOf(plan: Plan, world: World): Texts {
  const all = deployedIn(plan).map((choices) => settingsOf(choices, world.time.now));
  const promises = beginnings([scripted.farewell, ...all.flatMap(promisesIn)]);
  const others = beginnings(all.flatMap(othersIn));
  const isOne = (of: readonly string[], body: string | null) =>
    of.some((beginning) => body?.startsWith(beginning));
  const isPromise = (body: string | null) => isOne(promises, body);
  return { isPromise, isBatons: (body) => isPromise(body) || isOne(others, body) };
}

type Settings = NonNullable<ReturnType<typeof sourceSettings>>;

function settingsOf(choices: BusinessChoices, now: number): readonly Settings[] {
  const business = createBusiness(choices);
  return Object.values(business.sources).flatMap(
    ({ id }) => sourceSettings(business, id, now) ?? [],
  );
}

/** A text with places to fill in is known by what comes before the first. */
function beginnings(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.split('{')[0]?.trim() ?? ''))].filter(Boolean);
}

function promisesIn(all: readonly Settings[]): readonly string[] {
  return all
    .flatMap(({ texts, escalations, lateReplies, queue }) => [
      ...[texts.handover, texts.emergency, lateReplies?.say, queue?.say, queue?.sayWithoutWait],
      ...Object.values(escalations ?? {}).flatMap((steps) => steps.map(({ say }) => say)),
    ])
    .filter((text) => text !== undefined);
}

function othersIn(all: readonly Settings[]): readonly string[] {
  return all
    .flatMap(({ texts, availability }) => [
      ...[texts.handoverFailed, texts.botFailed, texts.handoverCancelled],
      ...[availability?.whenClosed.say, availability?.whenNobodyIsThere.say],
    ])
    .filter((text) => text !== undefined);
}

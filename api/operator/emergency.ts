/**
 * The emergency's three endpoints: declare, end, show. Declare and end take the same body, and with
 * `dryRun` they only count. Both are idempotent.
 */
import type { Emergencies } from '../../temporal/emergencies.js';
import type { EmergencyView, Scope } from '../../workflows/contract/index.js';
import { notTheirs, type OperatorContext } from './authorise.js';
import { readBody, unprocessable } from './body.js';
import { readName } from './by.js';
import { countToMove, countToReturn } from './dry-run.js';
import { mayUse } from './principal.js';
import {
  emergencySchema,
  sourcesIn,
  unknownName,
  type EmergencyCall,
  type Names,
} from './scope.js';

type Options = { readonly emergencies: Emergencies; readonly names: Names };

/** `POST /operator/emergency` */
export function createDeclare({ emergencies, names }: Options) {
  return async function declare(c: OperatorContext): Promise<Response> {
    const read = await readCall(c, names);
    if ('refusal' in read) return read.refusal;
    const { scope, why, by, dryRun } = read.body;
    const sources = sourcesIn(scope, names);
    if (dryRun) {
      const counted = await countToMove((search) => emergencies.count(search), sources);
      const isInForce = (await emergencies.list()).some(
        (one) => one.isInForce && isFor(one, scope),
      );
      return c.json({ dryRun, scope, isInForce, ...counted });
    }
    const named = 'all' in scope ? {} : { sources: sources.map(({ name }) => name) };
    return c.json({ emergency: await emergencies.declare({ scope, ...named, why, by }) }, 202);
  };
}

/** `POST /operator/emergency/end` */
export function createEnd({ emergencies, names }: Options) {
  return async function end(c: OperatorContext): Promise<Response> {
    const read = await readCall(c, names, 'ending');
    if ('refusal' in read) return read.refusal;
    const { scope, why, by, dryRun } = read.body;
    if (dryRun) {
      const inForce = (await emergencies.list()).filter((one) => one.isInForce);
      const others = inForce.filter((one) => !isFor(one, scope));
      const count = emergencies.count.bind(emergencies);
      const counted = await countToReturn(count, sourcesIn(scope, names), others);
      return c.json({ dryRun, scope, isInForce: others.length < inForce.length, ...counted });
    }
    const foreign = await foreignTo(c, emergencies, scope);
    if (foreign !== undefined) return notTheirs(c, foreign);
    const emergency = await emergencies.end({ scope, why, by });
    if (emergency) return c.json({ emergency }, 202);
    const message = 'no emergency was declared for this scope';
    return c.json({ error: 'not_in_force', message }, 404);
  };
}

/** `GET /operator/emergency` */
export function createShow({ emergencies }: Options) {
  return async function show(c: OperatorContext): Promise<Response> {
    const { sources } = c.get('principal');
    const known = await emergencies.list();
    // An emergency without names covers all sources, the caller's included.
    const concerns = (one: EmergencyView) =>
      sources === 'all' || (one.sources ?? sources).some((name) => sources.includes(name));
    const all = known.filter(concerns);
    const inForce = all.filter((one) => one.isInForce).map(({ scope }) => scope);
    return c.json({ inForce, emergencies: all });
  };
}

/** A name that is no longer in the file may still be in force: it can be ended, but not declared. */
async function readCall(
  c: OperatorContext,
  names: Names,
  what: 'declaring' | 'ending' = 'declaring',
): Promise<{ body: EmergencyCall & { by: string } } | { refusal: Response }> {
  const read = await readBody(c, emergencySchema);
  if ('refusal' in read) return read;
  const named = readName(c, read.body.by);
  if ('refusal' in named) return named;
  const body = { ...read.body, by: named.by };
  const wrong = what === 'ending' ? undefined : unknownName(body.scope, names);
  if (wrong) return { refusal: unprocessable(c, [wrong]) };
  const beyond = beyondTheirs(c, body.scope, names);
  return beyond === undefined ? { body } : { refusal: notTheirs(c, beyond) };
}

/**
 * A source of the emergency, as declared, outside the caller's permission: the file may have changed
 * since.
 */
async function foreignTo(
  c: OperatorContext,
  emergencies: Emergencies,
  scope: Scope,
): Promise<string | undefined> {
  const principal = c.get('principal');
  if (principal.sources === 'all') return undefined;
  const declared = (await emergencies.list()).findLast((one) => isFor(one, scope));
  return declared?.sources?.find((name) => !mayUse(principal, name));
}

/** The part of the scope outside the caller's permission: a bot's emergency covers all sources of the bot. */
function beyondTheirs(c: OperatorContext, scope: Scope, names: Names): string | undefined {
  const principal = c.get('principal');
  if (principal.sources === 'all') return undefined;
  if ('all' in scope) return 'all sources';
  if ('source' in scope) return mayUse(principal, scope.source) ? undefined : scope.source;
  const theBots = names.sources.filter(
    ({ bot, others }) => bot === scope.bot || others.includes(scope.bot),
  );
  // The sources of a bot that is no longer in the file are unknown.
  if (theBots.length === 0) return scope.bot;
  return theBots.find(({ name }) => !mayUse(principal, name))?.name;
}

function isFor(view: EmergencyView, scope: Scope): boolean {
  return JSON.stringify(view.scope) === JSON.stringify(scope);
}

/**
 * The emergency's three doors: declare, end, see. Declaring and ending take the same body, and with
 * `dryRun` only count. What is done already is done: the same call twice is one.
 */
import type { Context } from 'hono';
import type { Emergencies } from '../../temporal/emergencies.js';
import type { EmergencyView, Scope } from '../../workflows/contract.js';
import { readBody, unprocessable } from './body.js';
import { countToMove, countToReturn } from './dry-run.js';
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
  return async function declare(c: Context): Promise<Response> {
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
  return async function end(c: Context): Promise<Response> {
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
    const emergency = await emergencies.end({ scope, why, by });
    if (emergency) return c.json({ emergency }, 202);
    const message = 'no emergency was declared for this scope';
    return c.json({ error: 'not_in_force', message }, 404);
  };
}

/** `GET /operator/emergency` */
export function createShow({ emergencies }: Options) {
  return async function show(c: Context): Promise<Response> {
    const all = await emergencies.list();
    const inForce = all.filter((one) => one.isInForce).map(({ scope }) => scope);
    return c.json({ inForce, emergencies: all });
  };
}

/** A name that has left the file may still be in force: it can be ended, not declared. */
async function readCall(
  c: Context,
  names: Names,
  what: 'declaring' | 'ending' = 'declaring',
): Promise<{ body: EmergencyCall } | { refusal: Response }> {
  const read = await readBody(c, emergencySchema);
  if ('refusal' in read || what === 'ending') return read;
  const wrong = unknownName(read.body.scope, names);
  return wrong ? { refusal: unprocessable(c, [wrong]) } : read;
}

function isFor(view: EmergencyView, scope: Scope): boolean {
  return JSON.stringify(view.scope) === JSON.stringify(scope);
}

/** What doors of the ingress share: how much is taken in, how often they may be called, and the log. */
import type { Log } from '../../log/log.js';
import { createAdmission, type Admission } from '../webhook/admission.js';
import { createGates, type Gates, type GatesOptions } from './gates.js';

export type Guarded = {
  readonly admission: Admission;
  readonly gates: Gates;
  readonly log: Log;
};

export function createGuarded({ log, ...options }: GatesOptions & { readonly log: Log }): Guarded {
  return { admission: createAdmission(), gates: createGates(options), log };
}

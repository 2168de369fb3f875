/** A fault planted into Baton's code on its way into the bundle: a naive version that a check must report. */
import type { Patch } from '../bundle.js';

export type PlantedFault = {
  /** Short and unique; also the name of its bundle. */
  readonly name: string;
  /** What a customer, an agent or an operator would see. */
  readonly seen: string;
  readonly patches: readonly Patch[];
  /** Name of the check that must report it, and what the report says, where the check has several rules. */
  readonly check: string;
  readonly says?: RegExp;
  /** It is found within the seeds from 1 to this one. */
  readonly within: number;
};

/** Sets custom fields of an intervention, by key. Repeatable: it ends in the same values. */
import type { WorkActivities } from '../workflows/contract/work.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';
import { refusable } from './refusable.js';

export const createSetFields = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['setFields'] =>
  async function setFields({ interventionId, fields }) {
    const write = () =>
      inOneTurn(engage, 1, async ({ mustBeWanted }) => {
        mustBeWanted();
        await engage.setInterventionFields(interventionId, fields);
      });
    return refusable(write);
  };

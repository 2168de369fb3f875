/**
 * Looks up the customer's page-scoped id by Engage's identity, and subscribes the thread to Facebook's
 * events about them. Repeatable.
 */
import { NotFound } from '../engage/errors.js';
import type { WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import { attemptBegins } from './given-up.js';
import type { Ports } from './ports.js';

export const createMeetCustomer = ({
  engage,
  messengerCustomers,
}: Pick<Ports, 'engage' | 'messengerCustomers'>): WorkActivities['meetCustomer'] =>
  async function meetCustomer({ domainId, threadId, identityId, pageId }) {
    const attempt = attemptBegins();
    return repeatable(async () => {
      const { foreign_id: customerId } = await engage.getIdentity(identityId);
      if (customerId === undefined) throw new NotFound({ call: 'GET /identities/{id} foreign_id' });
      attempt.mustBeWanted();
      await messengerCustomers.follow({ pageId, customerId, domainId, threadId });
      return { customerId };
    });
  };

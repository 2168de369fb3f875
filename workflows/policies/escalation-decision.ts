/** What the business wrote for a step of an escalation, as a decision. Not a policy: the escalation policies share it. */
import type { Decision } from './policy.js';
import type { EscalationStep } from '../contract/escalation.js';

export function decisionOf({ do: what, say, categoryId }: EscalationStep): Decision {
  const told = say === undefined ? {} : { say };
  switch (what) {
    case 'tell':
      return { do: 'tell', ...told };
    case 'remind':
      return { do: 'remind' };
    case 'move':
      // Refused at start without a category; a step that says nowhere only reminds.
      return categoryId === undefined ? { do: 'remind' } : { do: 'move', categoryId, ...told };
    case 'backToBot':
      return { do: 'backToBot', ...told };
    case 'close':
      return { do: 'close', ...told };
  }
}

/** Maps a configured escalation step to a decision. Not a policy: the escalation policies share it. */
import type { Decision } from './policy.js';
import type { EscalationStep } from '../contract/escalation.js';

export function decisionOf({ do: what, say, categoryId }: EscalationStep): Decision {
  const saying = say === undefined ? {} : { say };
  switch (what) {
    case 'tell':
      return { do: 'tell', ...saying };
    case 'remind':
      return { do: 'remind' };
    case 'move':
      // Validation requires a category at start; a step without one only reminds.
      return categoryId === undefined ? { do: 'remind' } : { do: 'move', categoryId, ...saying };
    case 'backToBot':
      return { do: 'backToBot', ...saying };
    case 'close':
      return { do: 'close', ...saying };
  }
}

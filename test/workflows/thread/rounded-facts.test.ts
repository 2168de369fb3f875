/** A fact from the journal and the same fact from a webhook are one, whichever comes first. */
import { describe, expect, it } from 'vitest';
import type { EngageEvent, InterventionEvent } from '../../../workflows/contract/engage-event.js';
import { CoreRun } from '../../harness/core-run.js';
import { customerWrote, interventionEvent } from '../../harness/facts.js';

const human = { userId: 'user-agent', ownerId: 'user-agent' };
const opened = (at: number) => interventionEvent('intervention.opened', { id: '1', at, ...human });

function rounded(event: InterventionEvent, by = 0): EngageEvent {
  const issuedAt = Math.floor(event.issuedAt / 1000) * 1000 + by;
  return { ...event, id: `journal-${event.id}`, issuedAt, isRounded: true };
}

const begun = () => new CoreRun().handleEvent(customerWrote({ id: 'a', at: 0 }));
const duplicates = (run: CoreRun) => run.state.report.counts.duplicates;

describe('one fact, twice told', () => {
  it.each([
    ['in the same second', 0],
    ['dated a second before', -1_000],
    ['dated a second after', 1_000],
  ])('%s by the journal is a duplicate', (_, by) => {
    const event = opened(5_412);
    expect(duplicates(begun().handleEvent(event).handleEvent(rounded(event, by)))).toBe(1);
    expect(duplicates(begun().handleEvent(rounded(event, by)).handleEvent(event))).toBe(1);
  });

  it('by the journal alone, twice, is a duplicate by its id', () => {
    const event = rounded(opened(5_412));
    expect(duplicates(begun().handleEvent(event).handleEvent(event))).toBe(1);
  });
});

describe('two facts', () => {
  it('seconds apart are two', () => {
    expect(
      duplicates(
        begun()
          .handleEvent(opened(5_412))
          .handleEvent(rounded(opened(9_000))),
      ),
    ).toBe(0);
  });

  it('of one second, both by webhook, are two', () => {
    expect(duplicates(begun().handleEvent(opened(5_100)).handleEvent(opened(5_900)))).toBe(0);
  });
});

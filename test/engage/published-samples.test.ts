/** Every published delivery and REST answer is understood. Provenance is in the fixtures. */
import { describe, expect, it } from 'vitest';
import {
  contentSchema,
  errorSchema,
  interventionSchema,
  threadSchema,
} from '../../engage/resources.js';
import { parseDelivery } from '../../engage/webhook.js';
import answers from '../fixtures/published-answers.json' with { type: 'json' };
import deliveries from '../fixtures/published-deliveries.json' with { type: 'json' };

const schemas = {
  content: contentSchema,
  error: errorSchema,
  intervention: interventionSchema,
  thread: threadSchema,
};

describe('a published delivery is understood', () => {
  it.each(deliveries.deliveries)('$from', ({ json }) => {
    const delivery = parseDelivery(json);
    expect(delivery.flaws).toEqual([]);
    if (!('events' in delivery)) throw new Error('the envelope was refused');
    expect(delivery.events).toHaveLength(json.events.length);
    expect(delivery.events[0]?.about).not.toBe('other');
  });
});

describe('a published answer is understood', () => {
  it.each(answers.answers)('$from', ({ kind, json }) => {
    const parsed = schemas[kind as keyof typeof schemas].safeParse(json);
    expect(parsed.error?.issues).toBeUndefined();
  });
});

/** Scenarios would not go as written if the business were another one: each has what it is about changed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createLanes } from '../../harness/scenario-lanes.js';
import { root } from '../../harness/source-files.js';

const { played, close } = createLanes();
afterAll(close);

/** In each a word is changed that its name turns on. */
const negativeControls = [
  ['reopen-to-bot.yaml', 'reopen: reopen-to-bot', 'reopen: stay-with-agent'],
  ['stay-with-agent.yaml', 'reopen: stay-with-agent', 'reopen: reopen-to-bot'],
  ['block.yaml', 'reopen: block', 'reopen: reopen-to-bot'],
  ['agents-complete-after-every-message.yaml', 'settleWindow: 5m', 'settleWindow: 1m'],
  ['thanks-after-the-end.yaml', 'farewellWords: [thanks, thank you, bye]', 'farewellWords: []'],
  ['emergency-rule.yaml', '- rule: { emergency: on }', '- rule: { emergency: off }'],
  ['emergency-default-categories.yaml', 'categories: [agent]', 'categories: [bot]'],
  ['emergency-bot-deactivated.yaml', 'faults: { 403: 1 }', 'faults: {}'],
  ['handed-over.yaml', 'handOverOn: [human]', 'handOverOn: [person]'],
  ['solved-by-the-bot.yaml', 'solvedOn: [that is all]', 'solvedOn: [goodbye]'],
  [
    'agent-speaks-first.yaml',
    'agent: { do: initiate, body: Good morning. Your parcel had to be repacked. }',
    'customer: hello',
  ],
  [
    'native-app-takeover.yaml',
    "agent: { do: reply, body: 'Hello, this is Kim from the shop.', native: true }",
    'wait: 1m',
  ],
  ['nobody-comes.yaml', 'after: 5m, do: tell', 'after: 8m, do: tell'],
  ['nudge-then-close.yaml', 'after: 30m, do: tell', 'after: 40m, do: tell'],
  ['agent-silent.yaml', 'after: 2h, do: backToBot', 'after: 3h, do: backToBot'],
  ['reply-waits-for-approval.yaml', ', needs-approval: true', ''],
  ['outside-hours.yaml', "tue: '09:00-17:00'", "tue: '10:00-17:00'"],
  ['ping-pong.yaml', 'handovers: 2', 'handovers: 3'],
  ['called-off.yaml', 'cancelWords: [never mind]', 'cancelWords: [forget it]'],
  ['token-replaced.yaml', '- token: configured', '- wait: 1m'],
  ['three-weeks.yaml', 'threadInclusionDelay: 30d', 'threadInclusionDelay: 24h'],
] as const;

describe.concurrent('another business differs', () => {
  it.each(negativeControls)('%s with %s as %s', async (file, written, instead) => {
    const text = await readFile(join(root, 'test/scenarios', file), 'utf8');
    expect(text).toContain(written);
    const performance = await played(text.replace(written, instead));
    expect(performance.differences).not.toEqual([]);
  });
});

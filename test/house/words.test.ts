/** The words that `docs/glossary.md` replaces are in no identifier, text or page. */
import { expect, it } from 'vitest';
import { read, sourceFiles } from '../harness/source-files.js';

/** Parts of identifiers, and words of texts. */
const replaced = [
  ...['saboteur', 'saboteurs', 'rung', 'rungs', 'ladder', 'ladders', 'theatre', 'doorman'],
  ...['sealed', 'unsealed', 'unseal', 'upkeep', 'healed', 'heal', 'heals', 'takeRing', 'hasRung'],
  ...[
    'bide',
    'bides',
    'bided',
    'biding',
    'bidesUntil',
    'ringAt',
    'climb',
    'climbs',
    'climbed',
    'foot',
  ],
  ...[
    'obey',
    'obeys',
    'owes',
    'wayBack',
    'sweep',
    'sweeps',
    'gates',
    'walls',
    'plenty',
    'patience',
  ],
  ...[
    'crowd',
    'crowds',
    'ledger',
    'ledgers',
    'verdict',
    'verdicts',
    'judges',
    'leak',
    'leaks',
    'storms',
  ],
  ...['owed', 'isOwed', 'learnt', 'beginAnew', 'begunAnew', 'doors', 'surely', 'isTold'],
  ...['openStage', 'setStage', 'toldOf', 'heard', 'hears', 'unheard'],
  ...[
    'glance',
    'glances',
    'presence',
    'houses',
    'tellReady',
    'whoIsHere',
    'encryptionOf',
    'viewsOf',
  ],
];
const itself = ['test/house/words.test.ts', 'docs/glossary.md'];

/** Identifiers in their parts, so that `nextRung` is found by `rung`. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.match(/[A-Za-z]+/g) ?? [];
  return new Set([...words, ...words.flatMap(partsOf)].flatMap((word) => [word, lower(word)]));
}

function partsOf(word: string): readonly string[] {
  return word.match(/[A-Z]?[a-z]+/g) ?? [];
}

function lower(word: string): string {
  return /^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word;
}

const pages = sourceFiles(['.ts', '.tsx', '.mjs', '.md', '.yaml', '.yml']).filter(
  (path) => !itself.includes(path),
);

/** Read once: each page is asked for every word. */
const wordsByPage = pages.map((path) => ({ path, words: wordsOf(read(path)) }));

it.each(replaced)('nothing is called %s', (word) => {
  const found = wordsByPage.filter(({ words }) => words.has(word)).map(({ path }) => path);
  expect(found).toEqual([]);
});

it('negative control: a part of an identifier is found', () => {
  expect(wordsOf('const nextRung = 1').has('rung')).toBe(true);
  expect(wordsOf('const nextRunge = 1').has('rung')).toBe(false);
});

/** What people wrote is printed in an operator's terminal: as words, never as orders to the terminal. */
import { expect, it } from 'vitest';
import { columns, plain } from '../../cli/print.js';

const clearsTheScreen = '\u001b[2J\u001b]0;title\u0007';

it('a customer’s escape sequences do nothing', () => {
  const printed = columns([['10:42', 'customer', `hello ${clearsTheScreen}\u009b2J`]]);
  expect(printed).toContain('hello ');
  expect(printed).not.toMatch(/\p{Cc}/u);
});

it('lines stay lines, and emoji stay whole', () => {
  expect(plain(`one\ntwo\u001b[31m 👩‍👧`)).toBe('one\ntwo [31m 👩‍👧');
});

/** A user without a name, as in many containers, is told what to do about it. */
import { expect, it } from 'vitest';
import { CliError } from '../../cli/cli-error.js';
import { whoIsHere } from '../../cli/who.js';

const nameless = () => {
  throw new Error('ENOENT: uv_os_get_passwd');
};

it('goes by the machine, else by USER, else says what is missing', () => {
  expect(whoIsHere({ USER: 'somebody' }, () => 'olga')).toBe('olga');
  expect(whoIsHere({ USER: 'olga' }, nameless)).toBe('olga');
  expect(() => whoIsHere({}, nameless)).toThrow(CliError);
});

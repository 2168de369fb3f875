/** A user without a name, as in many containers, is told what to do about it. */
import { expect, it } from 'vitest';
import { CliError } from '../../cli/cli-error.js';
import { readOperatorName } from '../../cli/who.js';

const nameless = () => {
  throw new Error('ENOENT: uv_os_get_passwd');
};

it('goes by the machine, else by USER, else says what is missing', () => {
  expect(readOperatorName({ USER: 'somebody' }, () => 'olga')).toBe('olga');
  expect(readOperatorName({ USER: 'olga' }, nameless)).toBe('olga');
  expect(() => readOperatorName({}, nameless)).toThrow(CliError);
});

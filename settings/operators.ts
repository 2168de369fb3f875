/**
 * Schema of the operators: people by name, with a role, their sources, and their credentials. Of a token
 * only the SHA-256 is stored, which is sufficient because a token is long and random. `npx baton token
 * NAME` creates one.
 */
import { z } from 'zod';
import type { WrongSetting } from './settings-error.js';

export const roles = ['viewer', 'operator', 'admin'] as const;
/** Each includes the rights of those before it: view, command threads, erase. */
export type Role = (typeof roles)[number];

const operatorSchema = z
  .strictObject({
    role: z.enum(roles),
    /** Names of sources; absent: all of them. */
    sources: z.array(z.string()).min(1).optional(),
    tokenSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex, as `npx baton token` prints it')
      .optional(),
    /** Value of the identity provider's claim `BATON_OIDC_CLAIM`, an e-mail address by default. */
    signsInAs: z.string().min(1).optional(),
  })
  .refine(({ tokenSha256, signsInAs }) => tokenSha256 !== undefined || signsInAs !== undefined, {
    error: 'expected tokenSha256 or signsInAs, to identify the operator',
  });

const name = z.string().regex(/^[\p{L}\p{N} ._@-]{1,100}$/u, 'expected a name');

export const operatorsSchema = z.record(name, operatorSchema);
export type OperatorSettings = z.output<typeof operatorSchema>;

type Named = {
  readonly operators: Readonly<Record<string, OperatorSettings>>;
  readonly sources: Readonly<Record<string, unknown>>;
};

/** Unknown sources, and two operators with the same token or sign-in name. */
export function wrongOperators({ operators, sources }: Named): readonly WrongSetting[] {
  const all = Object.entries(operators);
  const unknown = all.flatMap(([who, { sources: own = [] }]) =>
    own
      .filter((source) => !Object.hasOwn(sources, source))
      .map((source) => ({
        setting: `operators.${who}.sources`,
        problem: `unknown source ${source}`,
      })),
  );
  const shared = (['tokenSha256', 'signsInAs'] as const).flatMap((field) =>
    all
      .filter(([, one]) => one[field] !== undefined)
      .filter(([who, one]) => all.some(([w, other]) => w !== who && other[field] === one[field]))
      .map(([who]) => ({
        setting: `operators.${who}.${field}`,
        problem: 'is also used by another operator',
      })),
  );
  return [...unknown, ...shared];
}

/** The scope of an emergency, in the names of `baton.config.ts`. */
import { z } from 'zod';
import type { BusinessSettings } from '../../settings/business.js';
import type { Scope } from '../../workflows/contract/index.js';
import type { WrongField } from './body.js';
import { bySchema } from './by.js';

const name = z.string({ error: 'expected a name' }).min(1, 'expected a name').max(200);
const text = (what: string) =>
  z
    .string({ error: `expected ${what}` })
    .trim()
    .min(1, `expected ${what}`)
    .max(500);
const kinds = ['all', 'source', 'bot'] as const;
const oneKind = 'expected one of {"all": true}, {"source": "…"}, {"bot": "…"}';

const scopeSchema = z
  .strictObject(
    {
      all: z.literal(true, { error: 'expected true' }).optional(),
      source: name.optional(),
      bot: name.optional(),
    },
    // Unknown keys keep zod's own message.
    { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : oneKind) },
  )
  .transform((given, context): Scope => {
    const { all, source, bot } = given;
    const named = kinds.filter((kind) => given[kind] !== undefined);
    if (named.length === 1) {
      if (all) return { all };
      if (source !== undefined) return { source };
      if (bot !== undefined) return { bot };
    }
    context.addIssue({ code: 'custom', message: oneKind });
    return z.NEVER;
  });

export const emergencySchema = z.strictObject(
  {
    scope: scopeSchema,
    why: text('the reason, in up to 500 characters'),
    by: bySchema,
    /** Required, without a default: the caller has to decide. */
    dryRun: z.boolean('expected true or false: true first'),
  },
  { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'expected an object') },
);
export type EmergencyCall = z.output<typeof emergencySchema>;

/** Names of the business's sources and bots. */
export type Names = {
  readonly sources: readonly {
    readonly name: string;
    readonly bot: string;
    /** Other bots that answer there. */
    readonly others: readonly string[];
  }[];
  readonly bots: readonly string[];
};

export function listNames({ sources, bots }: Pick<BusinessSettings, 'sources' | 'bots'>): Names {
  const named = Object.entries(sources).map(([name, { bot, routes }]) => {
    const others = routes.map((route) => route.bot).filter((other) => other !== bot);
    return { name, bot, others };
  });
  return { sources: named, bots: Object.keys(bots) };
}

export function unknownName(scope: Scope, { sources, bots }: Names): WrongField | undefined {
  if ('all' in scope) return undefined;
  const [kind, given, known] =
    'source' in scope
      ? ['source', scope.source, sources.map((source) => source.name)]
      : ['bot', scope.bot, bots];
  if (known.includes(given)) return undefined;
  const there = known.join(', ') || 'none';
  return { field: `scope.${kind}`, problem: `unknown ${kind} ${given}; configured: ${there}` };
}

/**
 * Sources whose threads all move. A source that a bot shares with others is not included: there each
 * conversation goes to agents when its next turn is that bot's, and the other bots go on.
 */
export function sourcesIn(scope: Scope, { sources }: Names): Names['sources'] {
  if ('all' in scope) return sources;
  return sources.filter(({ name, bot, others }) =>
    'source' in scope ? name === scope.source : bot === scope.bot && others.length === 0,
  );
}

/** Parses a scenario. Errors are reported before anything runs, all at once, each with its line. */
import { z } from 'zod';
import { scriptSchema } from '../../bots/adapters/scripted/index.js';
import type { BusinessSettings } from '../../settings/business.js';
import { loadBusiness } from './business.js';
import { Located, ScenarioRefused, type Wrong } from './located.js';
import { isStepName, steps as known, type Step } from './steps.js';

export type Scenario = {
  readonly path: string;
  readonly name: string;
  /** The source's name in the business. */
  readonly source: string;
  readonly business: BusinessSettings;
  readonly steps: readonly Step[];
  /** Runs on a complete server, which cannot skip time. */
  readonly isRealTime: boolean;
};

const fileSchema = z.strictObject({ file: z.string({ error: 'expected the path of a script' }) });

const headSchema = z.strictObject({
  name: z.string({ error: 'expected a text: the name of the scenario' }).min(1),
  source: z.string({ error: 'expected the name of a source' }).default('chat'),
  /** Validated as a part of the business settings. */
  settings: z.record(z.string(), z.unknown(), { error: 'expected settings' }).default({}),
  /** A script, or the path of one: `readBot`. */
  bot: z.unknown().optional(),
  steps: z
    .array(z.unknown(), { error: 'expected a list of steps' })
    .min(1, 'expected at least one step'),
});

/** Maximum length of a scenario in real time, in milliseconds. */
const longestRealTime = 60_000;

/** @throws ScenarioRefused, or SettingsError for an error in the business settings themselves */
export async function parseScenario(path: string, text: string): Promise<Scenario> {
  const file = new Located(text);
  if (file.wrong.length > 0) throw new ScenarioRefused(path, file.wrong);
  const head = headSchema.safeParse(file.value);
  const rawSteps = z.looseObject({ steps: z.array(z.unknown()) }).safeParse(file.value);
  const read = (rawSteps.data?.steps ?? []).map((raw, index) => readStep(file, raw, index));
  const steps = read.flatMap((one) => ('step' in one ? [one.step] : []));
  const isRealTime = steps.some(needsRealTime);
  const { bot, wrong: botWrong } = readBot(file, head.data?.bot);
  const isSound = head.success && botWrong.length === 0;
  const outcome = isSound ? await loadBusiness({ ...head.data, bot }) : undefined;
  const clashes = outcome && 'clashes' in outcome ? outcome.clashes : [];
  const wrong = [
    ...(head.error ? file.issues(head.error) : []),
    ...botWrong,
    ...clashes.map(({ path: at, problem }) => ({ line: file.line(at), problem })),
    ...read.flatMap((one) => ('wrong' in one ? one.wrong : [])),
    ...(isRealTime ? steps.flatMap(tooLongForRealTime) : []),
  ];
  if (wrong.length > 0 || !head.success || !outcome || !('business' in outcome)) {
    throw new ScenarioRefused(path, wrong);
  }
  const { name, source } = head.data;
  return { path, name, source, business: outcome.business, steps, isRealTime };
}

function readBot(file: Located, bot: unknown): { bot?: unknown; wrong: readonly Wrong[] } {
  if (bot === undefined) return { wrong: [] };
  const isFile = typeof bot === 'object' && bot !== null && 'file' in bot;
  const schema = z.object({ bot: isFile ? fileSchema : scriptSchema });
  const { error } = schema.safeParse({ bot });
  return { bot: isFile ? bot.file : bot, wrong: error ? file.issues(error) : [] };
}

type Read = { readonly step: Step } | { readonly wrong: readonly Wrong[] };

function readStep(file: Located, raw: unknown, index: number): Read {
  const path = ['steps', index];
  const refused = (problem: string) => ({ wrong: [{ line: file.line(path), problem }] });
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return refused('expected a step such as `customer: hello`');
  }
  const [first = ''] = Object.keys(raw);
  const name = Object.keys(raw).find(isStepName);
  if (name === undefined) {
    return refused(`unknown step "${first}"; expected one of ${Object.keys(known).join(', ')}`);
  }
  const parsed = (known[name] as z.ZodType).safeParse(raw);
  if (!parsed.success) return { wrong: file.issues(parsed.error, path) };
  return { step: { name, value: parsed.data, line: file.line(path) } as Step };
}

/** The time-skipping server keeps no data when it ends, and has no searches, which an emergency needs. */
function needsRealTime({ value }: Step): boolean {
  if ('restart' in value) return value.restart === 'temporal';
  return 'operator' in value && 'scope' in value.operator;
}

function tooLongForRealTime({ name, value, line }: Step): readonly Wrong[] {
  const span = 'wait' in value ? value.wait : 'silent' in value ? value.silent : undefined;
  if (span === undefined || span.ms <= longestRealTime) return [];
  const why = 'with an emergency or a restart of Temporal time is real, and 1m is the longest';
  return [{ line, problem: `${name}: ${span.words} is too long: ${why}` }];
}

/**
 * `baton emergency`: moves all conversations of a scope from the bot to agents, and back, after a dry run.
 */
import type { Command } from 'commander';
import { CliError } from './cli-error.js';
import { Ingress } from './ingress.js';
import { columns, print } from './print.js';

type Options = {
  readonly all?: boolean;
  readonly source?: string;
  readonly bot?: string;
  readonly why?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
};

type Progress = Readonly<Record<'found' | 'moved' | 'left' | 'failed' | 'remaining', number>>;
type View = {
  readonly scope: object;
  readonly isInForce: boolean;
  readonly toHumans: Progress;
  readonly back?: Progress;
};

export function addEmergency(program: Command): void {
  const emergency = program
    .command('emergency')
    .description('every conversation from the bot to humans, and back');
  emergency
    .command('show', { isDefault: true })
    .description('what is in force, and how far it is')
    .option('--json', 'for programs')
    .action(async ({ json }: Options) => {
      const answer = await new Ingress().get<{ emergencies: readonly View[] }>(
        '/operator/emergency',
      );
      print(
        json,
        answer,
        () => answer.emergencies.map(inLine).join('\n') || 'no emergency is active, and none was',
      );
    });
  act(emergency, 'declare', 'the bot is silent, and conversations go to humans');
  act(emergency, 'end', 'and return to the bot all threads that no agent has engaged yet');
}

function act(emergency: Command, name: 'declare' | 'end', does: string): void {
  emergency
    .command(name)
    .description(`${does}; only counted without --yes`)
    .option('--all', 'everywhere')
    .option('--source <name>', 'on one source')
    .option('--bot <name>', 'of one bot')
    .requiredOption('--why <reason>', 'for the history')
    .option('--yes', 'mean it')
    .option('--json', 'for programs')
    .action(async (options: Options) => {
      const path = name === 'end' ? '/operator/emergency/end' : '/operator/emergency';
      const { why, yes, json } = options;
      const body = { scope: scopeOf(options), why, dryRun: yes !== true };
      const answer = await new Ingress().post<{ emergency?: View }>(path, body);
      print(json, answer, () => (answer.emergency ? inLine(answer.emergency) : counted(answer)));
    });
}

function scopeOf({ all, source, bot }: Options): object {
  const given = [all, source, bot].filter((one) => one !== undefined);
  if (given.length !== 1) throw new CliError('expected one of --all, --source NAME, --bot NAME');
  return all ? { all } : source === undefined ? { bot } : { source };
}

function inLine({ scope, isInForce, toHumans, back }: View): string {
  const way = back ?? toHumans;
  const { moved, found, left, failed, remaining } = way;
  const state = isInForce ? 'in force' : 'ended';
  const progress = `${moved} of ${found} moved, ${left} left, ${failed} failed, ${remaining} remaining`;
  return `${JSON.stringify(scope)} ${state}: ${progress}`;
}

type Counted = {
  readonly source: string;
  readonly wouldMove?: number;
  readonly wouldReturn?: number;
};

function counted(answer: object): string {
  const { sources = [] } = answer as { sources?: readonly Counted[] };
  const rows = sources.map(({ source, wouldMove, wouldReturn }) => [
    source,
    `${wouldMove ?? wouldReturn ?? 0}`,
  ]);
  return [
    columns([['SOURCE', 'THREADS'], ...rows]),
    'dry run, nothing was changed: add --yes to apply it',
  ].join('\n');
}

/** `baton threads`, `baton show`, `baton why`: lists threads, shows one, and explains its state. */
import type { Command } from 'commander';
import type {
  Moment,
  NextSpeaker,
  ThreadList,
  ThreadView,
  Timeline,
} from '../api/operator/answers.js';
import { decisionLine } from '../api/timeline/describe-decision.js';
import { clockIn, type Clock } from '../api/timeline/words.js';
import { Ingress } from './ingress.js';
import { age, columns, localTimeZone, print } from './print.js';

type Listing = {
  readonly phase?: string;
  readonly source?: string;
  readonly reason?: string;
  readonly attention?: boolean;
  readonly next?: string;
  readonly size?: string;
  readonly page?: string;
  readonly json?: boolean;
};

const asJson = ['--json', 'for programs'] as const;

export function addThreads(program: Command): void {
  program
    .command('threads')
    .description('the threads that run')
    .option('--phase <phase>', 'bot, handover, agent or closed')
    .option('--source <name>', 'of one source')
    .option('--reason <word>', 'such as customerAsked')
    .option('--attention', 'only threads that need attention')
    .option(
      '--next <who>',
      'only those in which this one must speak: bot, human, customer, operator',
    )
    .option('--size <n>', 'so many a page', '50')
    .option('--page <word>', 'the value of `next` of the previous page')
    .option(...asJson)
    .action(async ({ json, attention, ...query }: Listing) => {
      const raised = attention ? { attention: 'true' } : {};
      const list = await new Ingress().get<ThreadList>('/operator/threads', {
        ...query,
        ...raised,
      });
      print(json, list, () => inLines(list));
    });
}

function inLines({ threads, next }: ThreadList): string {
  if (threads.length === 0) return 'no threads';
  const now = Date.now();
  const rows = threads.map(({ id, phase, since, source, reason, attention, next: speaker }) => [
    ...[id, phase, age(since, now), speaker?.who ?? '', age(speaker?.since ?? null, now)],
    ...[source, reason ?? '', attention ? 'attention' : ''],
  ]);
  const more = next === null ? [] : [`more: --page ${next}`];
  const head = ['THREAD', 'PHASE', 'SINCE', 'NEXT', 'WAITS', 'SOURCE', 'REASON', ''];
  return [columns([head, ...rows]), ...more].join('\n');
}

export function addShow(program: Command): void {
  program
    .command('show <thread>')
    .description('one thread as it stands: {domain id}:{thread id}, as `threads` lists it')
    .option(...asJson)
    .action(async (id: string, { json }: Listing) => {
      const timeZone = localTimeZone();
      const answer = await new Ingress().get<{ thread: ThreadView }>(formatThreadPath(id), {
        timeZone,
      });
      print(json, answer.thread, () => viewInLines(answer.thread));
    });
}

function viewInLines(thread: ThreadView): string {
  const clock = clockIn(localTimeZone(), Date.now());
  const { phase, since, source, bot, why, attentionWhy, deadlines, doing, commands, next } = thread;
  return [
    why,
    ...(attentionWhy === null ? [] : [`Needs attention: ${attentionWhy}.`]),
    '',
    columns([
      ['phase', since === null ? phase : `${phase} since ${clock(since)}`],
      ...(next === null ? [] : [['next', nextInLine(next, clock)]]),
      ['source', source],
      ['bot', bot],
      ['doing', doing ?? 'nothing'],
      ...deadlines.map(({ at, words }) => [clock(at), words]),
      ['possible', commands.map(asTyped).join(', ') || 'nothing: its run has ended'],
      ...(thread.temporalUrl === null ? [] : [['Temporal', thread.temporalUrl]]),
    ]),
  ].join('\n');
}

function nextInLine({ who, since, unanswered, then }: NextSpeaker, clock: Clock): string {
  const open = unanswered === 0 ? '' : `, ${unanswered} unanswered`;
  const at = then.at === null ? '' : ` at ${clock(then.at)}`;
  return `${who} since ${clock(since)}${open}; otherwise${at} ${then.words}`;
}

/** Converts `askHandover` to `ask-handover`. */
function asTyped(command: string): string {
  return command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function addWhy(program: Command): void {
  program
    .command('why <thread>')
    .description('why the bot did, or did not: the story of one thread')
    .option(...asJson)
    .action(async (id: string, { json }: Listing) => {
      const timeZone = localTimeZone();
      const path = `${formatThreadPath(id)}/timeline`;
      const story = await new Ingress().get<Timeline>(path, { timeZone });
      print(json, story, () => storyInLines(story));
    });
}

/** The decision to post a reply is omitted, because the reply itself is printed. */
const isOmitted = (moment: Moment) => moment.is === 'decision' && moment.code === 'replyPosted';

function storyInLines({ why, moments, now }: Timeline): string {
  const today = new Date(now).toDateString();
  const rows = moments
    .filter((moment) => !isOmitted(moment))
    .flatMap((moment) => inRows(moment, momentTime(moment.at, today)));
  return [why, '', columns(rows)].join('\n');
}

/** Local time with seconds, and with the date if it is not today. */
function momentTime(at: string, today: string): string {
  const time = new Date(at);
  const isToday = time.toDateString() === today;
  const day = isToday ? '' : `${time.toLocaleDateString('en-CA')} `;
  return `${day}${time.toLocaleTimeString('en-GB')}`;
}

const width = 70;

function inRows(moment: Moment, at: string): readonly (readonly string[])[] {
  if (moment.is === 'decision') return [[at, '', `· ${decisionLine(moment)}`]];
  const { by, body, why } = moment;
  const said = body.replaceAll(/\s+/g, ' ');
  const short = said.length > width ? `${said.slice(0, width)}…` : said;
  const unanswered = why === null ? [] : [['', '', `  not answered: ${why}`]];
  return [[at, by, short], ...unanswered];
}

export function formatThreadPath(id: string): string {
  return `/operator/threads/${encodeURIComponent(id)}`;
}

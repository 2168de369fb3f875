/** Describes a `baton.config.ts` in sentences that a team lead can check. Pure. */
import ms from 'ms';
import type { BusinessSettings } from './business.js';
import { escalationStepInWords } from './describe-escalation.js';

type Source = BusinessSettings['sources'][string];

export function configInWords(business: BusinessSettings): readonly string[] {
  const { sources, bots, operators, reconcile } = business;
  const people = Object.entries(operators).map(([name, { role, sources: own }]) => {
    return `${name} is ${role}, for ${own ? own.join(', ') : 'all sources'}`;
  });
  return [
    `There are ${list(Object.keys(sources), 'source')} and ${list(Object.keys(bots), 'bot')}.`,
    ...Object.entries(sources).flatMap(([name, source]) => ['', ...sourceInWords(name, source)]),
    '',
    reconcile.every === 'off'
      ? 'Missed webhooks are not searched for.'
      : `Every ${time(reconcile.every)} Baton searches for missed webhooks.`,
    ...(people.length > 0 ? [`${people.join('; ')}.`] : []),
  ];
}

function sourceInWords(name: string, source: Source): readonly string[] {
  const { bot, routes, handOverWords, burst, settleWindow, maxFailedTurns } = source;
  const asked = handOverWords.map((word) => `“${word}”`).join(', ');
  return [
    `${name}:`,
    `  The bot ${bot} answers, ${time(burst.quiet)} after the customer's last content.`,
    ...routes.map((route) => `  Some turns are the bot ${route.bot}'s, by language or category.`),
    handOverWords.length > 0
      ? `  A customer who writes ${asked} is handed over.`
      : '  No phrase of the customer triggers a handover; the bot may request one.',
    `  So is one after ${maxFailedTurns} failures of the bot in a row.`,
    ...waiting(source),
    ...workingTime(source),
    `  When the human completes, Baton waits ${time(settleWindow)}; then ${reopened[source.reopen]}`,
    `  A customer silent for ${time(source.closeWhenSilentFor)} with the bot is let go.`,
  ];
}

const reopened: Readonly<Record<Source['reopen'], string>> = {
  'reopen-to-bot': 'the next content goes to the bot.',
  'stay-with-agent': 'the thread stays with the agents until the inclusion delay is over.',
  block: 'the thread is locked, and the next content begins another.',
};

function waiting({ escalations }: Source): readonly string[] {
  const steps = escalations.nobodyComes.map(({ after, do: what }) => {
    return `after ${time(after)} ${escalationStepInWords(what)}`;
  });
  return steps.length === 0 ? [] : [`  Until an agent takes over: ${steps.join(', ')}.`];
}

function workingTime({ hours, nudgeOutsideHours, escalations }: Source): readonly string[] {
  if (!hours) return [];
  const nudges = escalations.customerSilent.some((step) => step.say !== undefined);
  return [
    '  Waiting for agents counts their opening hours only.',
    ...(nudges && nudgeOutsideHours === 'wait'
      ? ['  A nudge that comes due outside them waits for the next opening.']
      : []),
  ];
}

function list(names: readonly string[], what: string): string {
  return `${names.length} ${what}${names.length === 1 ? '' : 's'} (${names.join(', ')})`;
}

function time(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds} ms` : ms(milliseconds, { long: true });
}

/**
 * Selects the bot: the source's own, or another by the customer's language and the thread's
 * categories.
 */
import type { Content } from '../../contract/engage-event.js';
import type { BotChoice, Route, SourceSettings } from '../../contract/source-settings.js';
import type { ThreadState } from '../state/state.js';
import type { Turn } from '../state/turn.js';

/** Uses the newest content, so that the bot changes when the language of a conversation changes. */
export function botFor(
  { bot, routes = [] }: SourceSettings,
  contents: readonly { readonly content: Content }[],
): BotChoice {
  const newest = contents.at(-1)?.content;
  return routes.find((route) => newest && fits(route, newest))?.bot ?? bot;
}

/** The bot of the present turn; without a turn the source's own. */
export function botOf({ settings, conversation: { turn } }: ThreadState): BotChoice {
  return turn ? botFor(settings, turn.contents) : settings.bot;
}

/** Deadline for the bot's answer to this turn, all attempts included. Unix milliseconds. */
export function answerableUntil(
  settings: SourceSettings,
  { startedAt, contents, budgetFrom = startedAt }: Turn,
): number {
  return budgetFrom + botFor(settings, contents).budget;
}

/** Finds a bot by name; if it is no longer in the settings, the source's own. */
export function botNamed({ bot, routes = [] }: SourceSettings, name: string): BotChoice {
  return routes.find((route) => route.bot.name === name)?.bot ?? bot;
}

function fits({ languages, categoryIds }: Route, { language, categoryIds: own }: Content): boolean {
  const speaks = (wanted: string) => isLanguage(language, wanted);
  const isSpoken = languages === undefined || languages.some(speaks);
  return isSpoken && (categoryIds === undefined || categoryIds.some((id) => own.includes(id)));
}

/** `pt-BR` matches `pt`, but `pt` does not match `pt-BR`. */
function isLanguage(spoken: string | undefined, wanted: string): boolean {
  const [is, of] = [spoken?.toLowerCase(), wanted.toLowerCase()];
  return is !== undefined && (is === of || is.startsWith(`${of}-`));
}

/** Which bot answers: the source's own, or another by the customer's language and the thread's categories. */
import type { Content } from '../../contract/engage-event.js';
import type { BotChoice, Route, SourceSettings } from '../../contract/source-settings.js';
import type { ThreadState } from '../state/state.js';
import type { Turn } from '../state/turn.js';

/** By what the customer said last: a conversation may change its language, and then its bot. */
export function botFor(
  { bot, routes = [] }: SourceSettings,
  contents: readonly { readonly content: Content }[],
): BotChoice {
  const newest = contents.at(-1)?.content;
  return routes.find((route) => newest && fits(route, newest))?.bot ?? bot;
}

/** The bot of the turn at hand; without one the source's own. */
export function botOf({ settings, conversation: { turn } }: ThreadState): BotChoice {
  return turn ? botFor(settings, turn.contents) : settings.bot;
}

/** Until when the bot may answer this turn, all tries together. */
export function answerableUntil(settings: SourceSettings, { startedAt, contents }: Turn): number {
  return startedAt + botFor(settings, contents).budget;
}

/** A bot by its name; one that is no longer among the settings is the source's own. */
export function botNamed({ bot, routes = [] }: SourceSettings, name: string): BotChoice {
  return routes.find((route) => route.bot.name === name)?.bot ?? bot;
}

function fits({ languages, categoryIds }: Route, { language, categoryIds: own }: Content): boolean {
  const speaks = (wanted: string) => isLanguage(language, wanted);
  const isSpoken = languages === undefined || languages.some(speaks);
  return isSpoken && (categoryIds === undefined || categoryIds.some((id) => own.includes(id)));
}

/** `pt-BR` is `pt`, but `pt` is not `pt-BR`. */
function isLanguage(spoken: string | undefined, wanted: string): boolean {
  const [is, of] = [spoken?.toLowerCase(), wanted.toLowerCase()];
  return is !== undefined && (is === of || is.startsWith(`${of}-`));
}

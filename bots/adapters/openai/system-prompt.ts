/**
 * The system prompt: the business's own prompt for the source, followed by Baton's facts about the
 * conversation.
 */
import type { BotTurn } from '../../bot.js';
import type { ModelSettings } from './settings.js';

/** Marks of contents by agents and of automated messages. */
export const marks = { agent: '[human agent]', automatic: '[automatic message]' } as const;

type PromptSettings = Pick<ModelSettings, 'prompt' | 'prompts' | 'guardrails'>;

export function systemPrompt(turn: BotTurn, settings: PromptSettings): string {
  const { prompt, prompts } = settings;
  const known = [language(turn, settings), colleagues(turn), profile(turn)];
  const facts = known.filter((one) => one !== undefined);
  return [prompts[turn.sourceName] ?? prompt, ...facts].join('\n\n');
}

function language({ locale }: BotTurn, { guardrails }: PromptSettings): string | undefined {
  const { languages } = guardrails;
  const spoken = locale?.split('-')[0]?.toLowerCase();
  const isAllowed = languages === undefined || languages.some((one) => one === spoken);
  if (locale !== undefined && isAllowed) return `Answer in this language: ${nameOf(locale)}.`;
  return languages && `Answer in one of these languages: ${languages.map(nameOf).join(', ')}.`;
}

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** The platform's locale may not be a valid language tag. */
function nameOf(locale: string): string {
  try {
    return `${names.of(locale) ?? locale} (${locale})`;
  } catch {
    return locale;
  }
}

function colleagues({ record, humansSaid }: BotTurn): string | undefined {
  if (!record.some(({ by }) => by === 'agent' || by === 'automatic')) return undefined;
  const since =
    humansSaid.length > 0 ? ' A colleague has spoken since your last message: build on it.' : '';
  return (
    `Assistant messages marked ${marks.agent} were written by a human colleague, those marked ` +
    `${marks.automatic} by nobody. Never write such a mark yourself.${since}`
  );
}

function profile({ profile: known }: BotTurn): string | undefined {
  const lines = Object.entries(known).map(([key, value]) => `${key}: ${value}`);
  return lines.length > 0 ? `Known of the customer:\n${lines.join('\n')}` : undefined;
}

/**
 * The kinds of structured messages that each channel shows, and their limits. Lengths in characters.
 * Source: Engage's structured messages guide, support and adaptation rules.
 *
 * Workflows depend on these values: changing a limit may break determinism of running threads.
 * `test/histories/replay.test.ts` detects it.
 */
import type { Kind } from './structured.js';

export const channelKinds = [
  'text',
  'messenger',
  'instagram',
  'whatsapp',
  'apple',
  'google',
  'web',
  'ios',
  'android',
  'sdk',
  'twitter',
  'viber',
  'plain',
] as const;
export type ChannelKind = (typeof channelKinds)[number];

export type Limits = {
  readonly structured: readonly Kind[];
  /** Attachments beside a text, by id. */
  readonly takesFiles: boolean;
  readonly select: { readonly items: number; readonly title: number };
  readonly card: {
    readonly items: number;
    /** Length of a button's title. */
    readonly button: number;
    readonly payload: number;
    /** Whether buttons and cards may have links. */
    readonly takesLinks: boolean;
  };
  readonly carousel: { readonly items: number };
  readonly list: { readonly items: number; readonly title: number };
};

/** The same on every channel. */
export const lengths = {
  title: 350,
  subtitle: 1_000,
  urlText: 80,
  payload: 1_000,
  footer: 60,
  list: { title: 1_024, subtitle: 512, itemSubtitle: 100, payload: 200, header: 60, button: 20 },
  section: { count: 10, title: 24 },
} as const;

const cards: readonly Kind[] = ['select', 'rich_link', 'template', 'carousel'];
const usual: Limits = {
  structured: cards,
  takesFiles: true,
  select: { items: 13, title: 80 },
  card: { items: 4, button: 80, payload: 1_000, takesLinks: true },
  carousel: { items: 10 },
  list: { items: 10, title: 80 },
};
const words: Limits = { ...usual, structured: [] };

/** The same with another maximum length of button titles. */
function buttonsOf(length: number): Limits {
  const { select, card } = usual;
  return { ...usual, select: { ...select, title: length }, card: { ...card, button: length } };
}

const limits: Readonly<Record<ChannelKind, Limits>> = {
  text: words,
  messenger: buttonsOf(20),
  instagram: buttonsOf(20),
  whatsapp: {
    ...usual,
    structured: ['template', 'list'],
    card: { items: 3, button: 20, payload: 256, takesLinks: false },
    list: { items: 10, title: 24 },
  },
  apple: {
    ...usual,
    structured: [
      ...(['select', 'rich_link', 'list', 'time_select', 'form'] as const),
      ...(['apple_pay', 'authenticate'] as const),
    ],
  },
  google: buttonsOf(25),
  web: usual,
  ios: usual,
  android: usual,
  sdk: usual,
  twitter: words,
  viber: words,
  // For channels on which our own app sends, text only.
  plain: { ...words, takesFiles: false },
};

/** An unknown kind takes text only. */
export function getLimits(kind: string): Limits {
  return Object.hasOwn(limits, kind) ? limits[kind as ChannelKind] : words;
}

/** The channel as a bot receives it. */
export function getChannel(kind: ChannelKind): {
  readonly kind: ChannelKind;
  readonly structured: readonly Kind[];
} {
  return { kind, structured: getLimits(kind).structured };
}

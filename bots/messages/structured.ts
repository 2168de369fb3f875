/**
 * Structured messages: what a channel shows besides text. Nine kinds, discriminated by `type`, with the
 * platform's fields. `fit.ts` applies the channels' limits. Source: Engage's structured messages guide.
 */
import type { Form, ApplePay, Authenticate, TimeSelect } from './apple.js';

export type StructuredMessage =
  Select | RichLink | Template | Carousel | List | TimeSelect | Form | ApplePay | Authenticate;
export type Kind = StructuredMessage['type'];

/**
 * Ids of uploaded images: public, JPEG or PNG, under 5 MB; the fallback is used where the first is not
 * shown.
 */
type Picture = { readonly attachment_id?: string; readonly attachment_fallback_id?: string };

/** Buttons below a text; a tap is the answer. */
export type Select = {
  readonly type: 'select';
  readonly items: readonly SelectItem[];
  /** Web, iOS and Android messaging only. */
  readonly center_items?: boolean;
  readonly disable_text_input?: boolean;
};
/** `payload`: sent back by a tap, ASCII; without it only the title is known. */
export type SelectItem = Picture & { readonly title: string; readonly payload?: string };

/** Target of a link. A scheme other than http(s) requires an http(s) fallback. */
type Link = {
  readonly url: string;
  readonly url_fallback?: string;
  readonly target?: 'webview' | 'open' | 'current';
  readonly webview_height?: 'full' | 'tall' | 'compact';
};

export type RichLink = Picture &
  Link & {
    readonly type: 'rich_link';
    readonly title: string;
    readonly subtitle?: string;
    /** Label of the link; by default the host's name. */
    readonly url_text?: string;
    /** An iMessage app instead of a page; `url` then begins with a question mark. */
    readonly app_id?: string;
    readonly app_name?: string;
    readonly app_icon?: string;
    readonly bid?: string;
    readonly use_live_layout?: boolean;
  };

/** A card: picture, text, buttons. */
export type Card = Picture & {
  readonly title: string;
  readonly subtitle?: string;
  readonly url?: string;
  readonly url_fallback?: string;
  readonly url_text?: string;
  readonly items?: readonly Button[];
};
export type Button =
  | (Link & { readonly type: 'url'; readonly title: string })
  | { readonly type: 'reply'; readonly title: string; readonly payload?: string };

/** `footer`: WhatsApp only. */
export type Template = Card & { readonly type: 'template'; readonly footer?: string };
export type Carousel = { readonly type: 'carousel'; readonly items: readonly Card[] };

/** `header`, and `button`, which opens the list: WhatsApp only. */
export type List = Picture & {
  readonly type: 'list';
  readonly title: string;
  readonly subtitle?: string;
  readonly header?: string;
  readonly button?: string;
  readonly sections?: readonly ListSection[];
  readonly items: readonly ListItem[];
};
export type ListSection = {
  readonly identifier: string;
  readonly title?: string;
  readonly multiple_selection?: boolean;
};
export type ListItem = Picture & {
  readonly title: string;
  readonly subtitle?: string;
  /** WhatsApp only. */
  readonly description?: string;
  readonly payload?: string;
  readonly section_identifier?: string;
};

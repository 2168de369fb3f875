/**
 * Structured messages: what a channel shows besides text. Nine kinds, told apart by `type`, with the
 * fields as the platform takes them. Nothing here is cut to a channel's limits: that is `fit.ts`.
 * Source: Engage's structured messages guide.
 */
import type { Form, ApplePay, Authenticate, TimeSelect } from './apple.js';

export type StructuredMessage =
  Select | RichLink | Template | Carousel | List | TimeSelect | Form | ApplePay | Authenticate;
export type Kind = StructuredMessage['type'];

/** Images uploaded before: public, JPEG or PNG, under 5 MB; the other one where this one is not. */
type Picture = { readonly attachment_id?: string; readonly attachment_fallback_id?: string };

/** Buttons under a text: one tap answers it. */
export type Select = {
  readonly type: 'select';
  readonly items: readonly SelectItem[];
  /** Web, iOS and Android messaging only. */
  readonly center_items?: boolean;
  readonly disable_text_input?: boolean;
};
/** `payload`: what the tap comes back as, ASCII; without it only the title is known. */
export type SelectItem = Picture & { readonly title: string; readonly payload?: string };

/** Where a link leads. Another address than http(s) needs one that everybody can open besides. */
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
    /** On the link; the host's name by default. */
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

/** `header` and `button`, which opens it: WhatsApp only. */
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

/** Cuts fields that are too long; each cut is reported by field, never with its text. */
import { cutText } from './cut-text.js';

/** Such as `structured.items.3.title`, `longer than 20`. */
export type Cut = { readonly field: string; readonly why: string };

/** Cuts fields and collects the cuts. */
export class Scissors {
  readonly cut: Cut[] = [];

  /** Ends a long text with an ellipsis, without splitting a character. */
  text(field: string, text: string, most: number): string {
    if (text.length <= most) return text;
    this.cut.push({ field, why: `longer than ${most}` });
    return `${cutText(text, most - 1).trimEnd()}…`;
  }

  /** The same for optional fields; only those listed. */
  texts<T extends object>(
    field: string,
    of: T,
    most: Readonly<Partial<Record<keyof T & string, number>>>,
  ): T {
    const changed = Object.entries(most).flatMap(([name, limit]) => {
      const value = of[name as keyof T];
      if (typeof value !== 'string' || typeof limit !== 'number') return [];
      return [[name, this.text(`${field}.${name}`, value, limit)]];
    });
    return { ...of, ...(Object.fromEntries(changed) as Partial<T>) };
  }

  items<T>(field: string, items: readonly T[], most: number): readonly T[] {
    if (items.length <= most) return items;
    this.cut.push({ field, why: `more than ${most}` });
    return items.slice(0, most);
  }

  /** A cut payload would be a different one, so it is removed. */
  payload<T extends { readonly payload?: string }>(
    field: string,
    item: T,
    most: number,
    mayBe: RegExp = /^[^]*$/,
  ): T {
    const { payload, ...rest } = item;
    if (payload === undefined || (payload.length <= most && mayBe.test(payload))) return item;
    const why = payload.length > most ? `longer than ${most}` : 'not ASCII';
    this.cut.push({ field: `${field}.payload`, why });
    return rest as T;
  }

  left(field: string, why: string): void {
    this.cut.push({ field, why });
  }
}

/** What does not fit is cut, and told by its field; never what it said. */

/** `structured.items.3.title`, `longer than 20`. */
export type Cut = { readonly field: string; readonly why: string };

/** Collects what it cut. */
export class Scissors {
  readonly cut: Cut[] = [];

  /** A long text ends in an ellipsis, and no character is cut in two. */
  text(field: string, text: string, most: number): string {
    if (text.length <= most) return text;
    this.cut.push({ field, why: `longer than ${most}` });
    let kept = '';
    for (const character of text) {
      if (kept.length + character.length > most - 1) break;
      kept += character;
    }
    return `${kept.trimEnd()}…`;
  }

  /** The same for fields that may be absent; these fields and no others. */
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

  /** Half a payload would be another one. */
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

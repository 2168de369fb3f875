/** A link to another page of the console; modified clicks, such as for a new tab, stay with the browser. */
import type { ComponentChildren } from 'preact';
import { navigate } from '../navigation.js';

type Props = {
  readonly href: string;
  readonly class?: string;
  readonly title?: string;
  readonly 'aria-current'?: 'page' | 'true' | undefined;
  /** Marks a line of a list with keyboard navigation. */
  readonly 'data-line'?: boolean;
  readonly children: ComponentChildren;
};

export function Link({ href, children, ...more }: Props) {
  const follow = (event: MouseEvent) => {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (event.button !== 0 || isElsewhere) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    <a {...more} href={href} onClick={follow}>
      {children}
    </a>
  );
}

/** A link to another page of the console; opening it elsewhere stays the browser's business. */
import type { ComponentChildren } from 'preact';
import { navigate } from '../navigation.js';

type Props = {
  readonly href: string;
  readonly class?: string;
  readonly title?: string;
  readonly 'aria-current'?: 'page' | 'true' | undefined;
  /** Of a list that is walked through by keys. */
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

/**
 * A dialog of the browser's own: it takes the focus, keeps the keyboard inside, closes with Escape, and
 * gives the focus back to where it was.
 */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before the next key is heard: it belongs to the dialog already.
  useLayoutEffect(() => {
    const cameFrom = document.activeElement;
    const own = dialog.current;
    own?.showModal();
    return () => {
      const { activeElement: now, body } = document;
      // Whoever has gone elsewhere meanwhile stays there.
      const isLost = now === null || now === body || own?.contains(now);
      if (isLost && cameFrom instanceof HTMLElement) cameFrom.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={heading} onClose={onClose}>
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}

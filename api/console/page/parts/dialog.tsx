/**
 * A native dialog: it takes the focus, traps the keyboard, closes with Escape, and restores the focus
 * afterwards.
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
  // Runs before the next key event, which already belongs to the dialog.
  useLayoutEffect(() => {
    const cameFrom = document.activeElement;
    const own = dialog.current;
    own?.showModal();
    return () => {
      const { activeElement: now, body } = document;
      // Restores the focus only if it has not moved elsewhere meanwhile.
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

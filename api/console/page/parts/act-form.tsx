/** Form of a dialog that performs an action: its fields, the error below them, then cancel and confirm. */
import type { ComponentChildren } from 'preact';

type Props = {
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly wrong: string | undefined;
  /** Label of the confirming button. */
  readonly does: string;
  readonly tone: 'primary' | 'danger';
  readonly isReady: boolean;
  readonly children: ComponentChildren;
};

export function ActForm({ onSubmit, onClose, wrong, does, tone, isReady, children }: Props) {
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form class="stack" onSubmit={submit}>
      {children}
      <p role="alert" class="wrong">
        {wrong}
      </p>
      <div class="actions">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button class={tone} disabled={!isReady}>
          {does}
        </button>
      </div>
    </form>
  );
}

/** Why something is done: asked for first, up to what Baton takes. */
import { useEffect, useRef } from 'preact/hooks';

type Props = { readonly why: string; readonly onWhy: (why: string) => void };

export function ReasonField({ why, onWhy }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <label>
      Reason
      <input
        ref={field}
        name="why"
        required
        maxLength={500}
        autocomplete="off"
        value={why}
        onInput={(event) => onWhy(event.currentTarget.value)}
      />
    </label>
  );
}

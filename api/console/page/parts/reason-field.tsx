/** Why something is done, up to what Baton takes. A dialog that opens gives it the focus. */
type Props = { readonly why: string; readonly onWhy: (why: string) => void };

export function ReasonField({ why, onWhy }: Props) {
  return (
    <label>
      Reason
      <input
        autofocus
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

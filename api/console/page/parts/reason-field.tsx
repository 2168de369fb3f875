/**
 * Field for the reason of an action, up to the length that the API accepts. It has the focus when its
 * dialog opens.
 */
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

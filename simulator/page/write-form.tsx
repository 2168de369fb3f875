/** An input line: Enter sends it, and a refused text stays in it. */
import type { TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';

type WriteFormProps = {
  readonly label: string;
  readonly button: string;
  readonly isOff?: boolean;
  /** Resolves to whether the content was accepted. */
  readonly write: (body: string) => Promise<boolean>;
};

export function WriteForm({ label, button, isOff = false, write }: WriteFormProps) {
  const [body, setBody] = useState('');
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (body.trim() === '') return;
    setBody('');
    if (!(await write(body))) setBody((meanwhile) => (meanwhile === '' ? body : meanwhile));
  };
  return (
    <form class="write" onSubmit={(event) => void submit(event)}>
      <input
        aria-label={label}
        placeholder={label}
        value={body}
        disabled={isOff}
        autocomplete="off"
        maxLength={20_000}
        onInput={({ currentTarget: { value } }) => setBody(value)}
      />
      <button type="submit" disabled={isOff}>
        {button}
      </button>
    </form>
  );
}

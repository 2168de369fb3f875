/** The customer's side: name, source, and chat. */
import type { Act } from './acting.js';
import type { ThreadRecord } from './answers.js';
import { Said } from './said.js';
import { WriteForm } from './write-form.js';

export type Who = { readonly identity: string; readonly source: string };

type CustomerProps = {
  readonly who: Who;
  readonly become: (who: Who) => void;
  readonly record: ThreadRecord | undefined;
  readonly act: Act;
  /** Called with the thread of a new content. */
  readonly wrote: (threadId: string) => void;
};

export function Customer({ who, become, record, act, wrote }: CustomerProps) {
  const write = async (body: string, payload?: string) => {
    const content = { ...who, body, ...(payload !== undefined && { payload }) };
    const cast = await act<{ thread_id: string }>('POST', '/cast/customer', content);
    if (cast) wrote(cast.thread_id);
    return cast !== undefined;
  };
  return (
    <section aria-labelledby="customer" class="customer">
      <h2 id="customer">The customer</h2>
      <Whoever who={who} become={become} />
      <Said
        contents={record?.contents ?? []}
        choose={({ title, payload }) => void write(title, payload)}
      />
      <WriteForm label={`Message of ${who.identity}`} button="Send" write={write} />
    </section>
  );
}

function Whoever({ who, become }: Pick<CustomerProps, 'who' | 'become'>) {
  return (
    <div class="fields">
      <label>
        Name
        <input
          name="identity"
          value={who.identity}
          autocomplete="off"
          maxLength={60}
          onChange={({ currentTarget: { value } }) => {
            if (value.trim() !== '') become({ ...who, identity: value.trim() });
          }}
        />
      </label>
      <label>
        Writes on
        <select
          value={who.source}
          onChange={({ currentTarget: { value } }) => become({ ...who, source: value })}
        >
          <option>chat</option>
          <option>messages</option>
        </select>
      </label>
    </div>
  );
}

/** Actions of an agent on the selected thread: reply, engage, complete, defer, recategorize. */
import { useState } from 'preact/hooks';
import type { Act } from './acting.js';
import type { ThreadLine } from './answers.js';
import { WriteForm } from './write-form.js';

const agents = ['agent-1', 'agent-2', 'agent-3'];
/** A thread has either the bot's or the agents' category, never both. */
const categorySets = ['bot', 'agent', 'bot, billing', 'agent, billing'];

type AgentActsProps = { readonly line: ThreadLine | undefined; readonly act: Act };

export function AgentActs({ line, act }: AgentActsProps) {
  const [agent, setAgent] = useState('agent-1');
  const isOff = line === undefined;
  const does = async (what: string, more: object = {}) => {
    const done = await act('POST', '/cast/agent', { thread: line?.id, agent, do: what, ...more });
    return done !== undefined;
  };
  const button = (what: string, label: string) => (
    <button type="button" disabled={isOff} onClick={() => void does(what)}>
      {label}
    </button>
  );
  return (
    <div class="acts">
      <WriteForm
        label={`Reply as ${agent}`}
        button="Reply"
        isOff={isOff}
        write={(body) => does('reply', { body })}
      />
      <div class="fields">
        <label>
          Agent
          <select value={agent} onChange={({ currentTarget: { value } }) => setAgent(value)}>
            {agents.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {button('engage', 'Engage')}
        {button('close', 'Complete')}
        {button('defer', 'Defer')}
      </div>
      <Recategorize
        isOff={isOff}
        recategorize={(names) => void does('recategorize', { category_ids: names })}
      />
    </div>
  );
}

type RecategorizeProps = {
  readonly isOff: boolean;
  readonly recategorize: (names: readonly string[]) => void;
};

function Recategorize({ isOff, recategorize }: RecategorizeProps) {
  const [wanted, setWanted] = useState('agent');
  return (
    <div class="fields">
      <label>
        Categories
        <select value={wanted} onChange={({ currentTarget: { value } }) => setWanted(value)}>
          {categorySets.map((names) => (
            <option key={names}>{names}</option>
          ))}
        </select>
      </label>
      <button type="button" disabled={isOff} onClick={() => recategorize(wanted.split(', '))}>
        Recategorize
      </button>
    </div>
  );
}

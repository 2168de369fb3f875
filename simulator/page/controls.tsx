/** Controls of an administrator: faults, agents' availability, the emergency rule, the platform's clock. */
import type { Act } from './acting.js';
import type { Faults as FaultSettings, AgentStatuses } from './answers.js';
import { Faults } from './faults.js';
import { usePolled } from './polled.js';
import { clockTime } from './phase-entries.js';

/** Polling interval in milliseconds; these values change only by a control. */
const rarely = 5_000;

type ControlsProps = { readonly act: Act; readonly pulse: number };

export function Controls({ act, pulse }: ControlsProps) {
  const faults = usePolled<FaultSettings>('/faults', pulse, rarely);
  const agents = usePolled<AgentStatuses>('/agents', pulse, rarely);
  const rule = usePolled<{ emergency: boolean }>('/cast/rule', pulse, rarely);
  const clock = usePolled<{ now: string }>('/clock', pulse, rarely);
  return (
    <section aria-labelledby="controls" class="controls">
      <h2 id="controls">Faults, availability and the clock</h2>
      <div class="groups">
        <Faults settings={faults.answer} act={act} />
        <div>
          <AgentStatusControls agents={agents.answer ?? {}} act={act} />
          <Rule isOn={rule.answer?.emergency ?? false} act={act} />
          <Clock now={clock.answer?.now} act={act} />
        </div>
      </div>
    </section>
  );
}

function AgentStatusControls({
  agents,
  act,
}: {
  readonly agents: AgentStatuses;
  readonly act: Act;
}) {
  const put = (name: string, status: string) =>
    void act('PUT', '/agents', { [name]: { status: status === 'off' ? null : status } });
  return (
    <fieldset>
      <legend>Available agents</legend>
      {Object.entries(agents).map(([name, channels]) => (
        <label key={name}>
          {name}
          <select
            value={Object.values(channels)[0]?.status ?? 'off'}
            onChange={({ currentTarget: { value } }) => put(name, value)}
          >
            <option value="available">available</option>
            <option value="away">away</option>
            <option value="off">not connected</option>
          </select>
        </label>
      ))}
    </fieldset>
  );
}

function Rule({ isOn, act }: { readonly isOn: boolean; readonly act: Act }) {
  return (
    <fieldset>
      <legend>Emergency</legend>
      <label>
        <input
          type="checkbox"
          checked={isOn}
          onChange={() => void act('POST', '/cast/rule', { name: 'emergency', on: !isOn })}
        />
        <span>The administrator’s rule: all of the bot’s threads go to the agents</span>
      </label>
    </fieldset>
  );
}

function Clock({ now, act }: { readonly now: string | undefined; readonly act: Act }) {
  return (
    <fieldset>
      <legend>The platform’s clock: {now === undefined ? '…' : clockTime(now)}</legend>
      <div class="fields">
        {['1m', '1h', '25h'].map((advance) => (
          <button
            type="button"
            key={advance}
            onClick={() => void act('POST', '/clock', { advance })}
          >
            Forward {advance}
          </button>
        ))}
      </div>
      <p class="quiet">Baton’s own deadlines go by real time.</p>
    </fieldset>
  );
}

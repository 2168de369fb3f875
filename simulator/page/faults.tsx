/** Faults between the platform and Baton, to demonstrate that no content is lost by them. */
import type { Act } from './acting.js';
import type { Faults as Settings } from './answers.js';

/** In the format of `PUT /faults`. */
const offered = [
  { name: 'duplicate', setting: 0.5, words: 'half of all deliveries come twice' },
  { name: 'reorder', setting: 0.5, words: 'half come out of order' },
  { name: 'drop', setting: 0.2, words: 'a fifth never come' },
  { name: 'delay', setting: { rate: 1, ms: 3_000 }, words: 'all come up to 3 s late' },
  {
    name: 'lost-answer',
    setting: 0.3,
    words: 'calls are done, but a third of the responses is lost',
  },
  { name: 'hang', setting: 0.1, words: 'a tenth of all calls is never answered' },
  { name: 'export-failure', setting: 0.3, words: 'the channel refuses a third of all replies' },
  { name: 'truncated', setting: 0.1, words: 'calls are done, but a tenth of the responses is cut' },
  { name: 'html', setting: 1, words: 'every call is answered by a maintenance page' },
  { name: '401', setting: 1, words: 'the bot’s token is refused' },
  { name: '409', setting: 0.3, words: 'a third of all calls conflicts with another' },
  { name: '429', setting: 0.3, words: 'a third of all calls is too many' },
  { name: '5xx', setting: 0.3, words: 'a third of all calls fails' },
  { name: 'outage', setting: true, words: 'the platform is unreachable' },
] as const;

type FaultsProps = { readonly settings: Settings | undefined; readonly act: Act };

export function Faults({ settings = {}, act }: FaultsProps) {
  const put = (wanted: Settings) => void act('PUT', '/faults', wanted);
  const toggle = (name: string, setting: unknown) => {
    const { [name]: before, ...others } = settings;
    put(before === undefined ? { ...others, [name]: setting } : others);
  };
  const others = Object.keys(settings).filter((name) => !offered.some((one) => one.name === name));
  return (
    <fieldset>
      <legend>Faults</legend>
      <ul class="toggles">
        {offered.map(({ name, setting, words }) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={settings[name] !== undefined}
                onChange={() => toggle(name, setting)}
              />
              <span>
                <b>{name}</b>: {words}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {others.length > 0 && <p>And, set at the endpoint: {others.join(', ')}</p>}
      <button type="button" onClick={() => put({})}>
        No faults
      </button>
    </fieldset>
  );
}

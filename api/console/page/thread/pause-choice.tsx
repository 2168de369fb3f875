/** Selects how long the bot is paused. */
type Props = { readonly chosen: string; readonly onChoose: (length: string) => void };

const lengths = [
  ['5m', '5 minutes'],
  ['15m', '15 minutes'],
  ['1h', 'an hour'],
  ['8h', '8 hours'],
  ['0s', 'not at all: end the pause'],
] as const;

export function PauseChoice({ chosen, onChoose }: Props) {
  return (
    <label>
      For
      <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {lengths.map(([length, words]) => (
          <option key={length} value={length}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

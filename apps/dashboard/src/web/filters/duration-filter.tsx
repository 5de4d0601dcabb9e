import { formatSeconds, readSeconds } from '../format.ts'
import { setUrl } from '../use-view.ts'
import { useDraft } from '../use-draft.ts'

const show = (value: number | undefined): string =>
  value === undefined ? '' : formatSeconds(value)

/** Shortest and longest call, as minutes and seconds; applied by Enter or on leaving a field. */
export function DurationFilter({ min, max }: { min: number | undefined; max: number | undefined }) {
  const [low, setLow] = useDraft(show(min))
  const [high, setHigh] = useDraft(show(max))
  const from = readSeconds(low)
  const to = readSeconds(high)
  const isWrong =
    (low.trim() !== '' && from === undefined) || (high.trim() !== '' && to === undefined)
  const isCrossed = from !== undefined && to !== undefined && from > to
  const mistake = isWrong ? 'Write 1:30 or 90.' : isCrossed ? 'The longest is shorter.' : undefined
  const apply = (): void => {
    if (!mistake) setUrl({ min: from?.toString(), max: to?.toString() })
  }
  const field = (label: string, text: string, set: (text: string) => void, hint: string) => (
    <label>
      {label}
      <input
        type="text"
        inputMode="numeric"
        value={text}
        placeholder={hint}
        aria-invalid={mistake !== undefined}
        onChange={({ target }) => set(target.value)}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
      />
    </label>
  )
  return (
    <fieldset className="facet range-filter">
      <legend>Duration</legend>
      <div>
        {field('At least', low, setLow, '0:00')}
        {field('At most', high, setHigh, 'm:ss')}
      </div>
      {mistake && (
        <p className="note mistake" role="status">
          {mistake}
        </p>
      )}
    </fieldset>
  )
}

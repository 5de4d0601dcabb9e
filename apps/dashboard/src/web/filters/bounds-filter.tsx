import { Field } from '../controls/fields.tsx'
import { useDraft } from '../use-draft.ts'

export interface Bounds {
  from?: number | undefined
  to?: number | undefined
}

interface BoundsFilterProps {
  title: string
  bounds: Bounds
  /** Reads a field; undefined when its text is not valid. */
  read: (text: string) => number | undefined
  format: (value: number) => string
  /** What a field can contain. */
  hint: string
  placeholder?: string
  onApply: (bounds: Bounds) => void
}

/** A minimum and a maximum; Enter or leaving a field applies them. */
export function BoundsFilter(props: BoundsFilterProps) {
  const { title, bounds, read, format, hint, placeholder, onApply } = props
  const show = (value: number | undefined): string => (value === undefined ? '' : format(value))
  const [low, setLow] = useDraft(show(bounds.from))
  const [high, setHigh] = useDraft(show(bounds.to))
  const [from, to] = [read(low), read(high)]
  const isWrong = [low, high].some((text) => text.trim() !== '' && read(text) === undefined)
  const isCrossed = from !== undefined && to !== undefined && from > to
  const mistake = isWrong ? hint : isCrossed ? 'The maximum is below the minimum.' : undefined
  const isChanged = low !== show(bounds.from) || high !== show(bounds.to)
  const apply = (): void => {
    if (!mistake && isChanged) onApply({ from, to })
  }
  const field = (label: string, text: string, set: (text: string) => void) => (
    <Field
      label={label}
      inputMode="decimal"
      value={text}
      placeholder={placeholder}
      aria-label={`${title} ${label.toLowerCase()}`}
      aria-invalid={mistake !== undefined}
      onChange={set}
      onBlur={apply}
      onKeyDown={({ key }) => key === 'Enter' && apply()}
    />
  )
  return (
    <fieldset className="facet range-filter">
      <legend title={title}>{title}</legend>
      <div>
        {field('At least', low, setLow)}
        {field('At most', high, setHigh)}
      </div>
      {mistake && (
        <p className="note mistake" role="status">
          {mistake}
        </p>
      )}
    </fieldset>
  )
}

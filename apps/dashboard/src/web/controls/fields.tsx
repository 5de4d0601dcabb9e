import type { ComponentProps } from 'react'

/** Values and their labels, in order. */
type Options<Value extends string | number> = readonly (readonly [value: Value, label: string])[]

type SelectProps = Omit<ComponentProps<'select'>, 'onChange'> & {
  options: Options<string | number>
  onChange: (value: string) => void
}

/** One of many, in a list that opens. */
export const Select = ({ options, onChange, ...props }: SelectProps) => (
  <select {...props} onChange={({ target }) => onChange(target.value)}>
    {options.map(([value, label]) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </select>
)

interface ChoiceProps<Value extends string> {
  legend: string
  value: Value
  options: Options<Value>
  onChange: (value: Value) => void
}

/** One of a few, side by side. */
export const Choice = <Value extends string>(props: ChoiceProps<Value>) => (
  <fieldset className="choice">
    <legend>{props.legend}</legend>
    <div>
      {props.options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={props.legend}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)

type InputProps = Omit<ComponentProps<'input'>, 'onChange'> & { onChange: (text: string) => void }

const Input = ({ onChange, ...props }: InputProps) => (
  <input {...props} onChange={({ target }) => onChange(target.value)} />
)

/** A field with its label. */
export const Field = ({ label, ...props }: InputProps & { label: string }) => (
  <label>
    {label}
    <Input {...props} />
  </label>
)

/** A field that narrows a list. */
export const Finder = ({ label, ...props }: InputProps & { label: string }) => (
  <Input type="search" aria-label={label} placeholder={label} {...props} />
)

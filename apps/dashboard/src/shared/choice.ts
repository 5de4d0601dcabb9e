/** Values that calls must have, or must not have. */
export interface Choice {
  values: readonly string[]
  isExcluded: boolean
}

export const noChoice: Choice = { values: [], isExcluded: false }

/** Several values as one parameter: joined by `|`, which is percent-encoded within a value. */
export const writeList = (values: readonly string[]): string =>
  values
    .map((value) => value.replaceAll(/[%|]/g, encodeURIComponent).replaceAll('!', '%21'))
    .join('|')

/** The values of {@link writeList}; an invalid escape is taken literally. */
export const readList = (text: string): string[] =>
  text.split('|').map((part) => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  })

/** `a|b` for one of two values, `!a|b` for neither; undefined when there is no value. */
export const writeChoice = ({ values, isExcluded }: Choice): string | undefined =>
  values.length === 0 ? undefined : (isExcluded ? '!' : '') + writeList(values)

export const readChoice = (text: string): Choice => ({
  values: readList(text.startsWith('!') ? text.slice(1) : text),
  isExcluded: text.startsWith('!'),
})

/** A choice with a value added, or removed if it is part of it. */
export const toggleValue = ({ values, isExcluded }: Choice, value: string): Choice => ({
  isExcluded,
  values: values.includes(value) ? values.filter((other) => other !== value) : [...values, value],
})

/** A choice that excludes one more value. */
export const excludeValue = ({ values, isExcluded }: Choice, value: string): Choice => ({
  isExcluded: true,
  values: [...(isExcluded ? values.filter((other) => other !== value) : []), value],
})

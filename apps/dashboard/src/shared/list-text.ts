/** Several values as one parameter: joined by `|`, which is percent-encoded within a value. */
export const writeList = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll(/[%|]/g, encodeURIComponent)).join('|')

/** The values of {@link writeList}; a broken escape is taken as it stands. */
export const readList = (text: string): string[] =>
  text.split('|').map((part) => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  })

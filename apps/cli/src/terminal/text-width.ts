import stringWidth from 'string-width'

/** Terminal columns of a text without control characters: two for a Chinese character. */
export const textWidth = (text: string): number =>
  // oxlint-disable-next-line no-control-regex -- fast path for ASCII
  /^[\u0020-\u007e]*$/.test(text) ? text.length : stringWidth(text)

const segmenter = new Intl.Segmenter()

/** A text cut to a number of columns, with an ellipsis. */
export function shorten(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let short = ''
  let used = 0
  for (const { segment } of segmenter.segment(text)) {
    used += textWidth(segment)
    if (used > width - 1) break
    short += segment
  }
  return `${short}…`
}

export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - textWidth(text))) + text

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - textWidth(text)))

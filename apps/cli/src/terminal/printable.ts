import { stripVTControlCharacters } from 'node:util'

// Sequences that set titles, links or the clipboard end at BEL or ST; what they carry goes too.
const strings =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /(?:\u001b[\]P^_X]|[\u0090\u0098\u009d-\u009f])[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)/g
const breaking = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const invisible = /\p{Cf}/gu

/**
 * Text of any origin for one line of a terminal: it cannot move the cursor, color the screen, fill
 * the clipboard, make a link, turn the writing round, hide a letter or break the line.
 */
export const printable = (text: string): string =>
  stripVTControlCharacters(text.replaceAll(strings, ''))
    .replaceAll(breaking, ' ')
    .replaceAll(invisible, '')

/** {@link printable} for a text of several lines of our own. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

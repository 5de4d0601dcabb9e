import { stripVTControlCharacters } from 'node:util'

// Sequences that set titles, links or the clipboard end at BEL or ST, and are removed with their content.
const strings =
  // oxlint-disable-next-line no-control-regex -- matches control characters
  /(?:\u001b[\]P^_X]|[\u0090\u0098\u009d-\u009f])[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)/g
const breaking = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const invisible = /\p{Cf}/gu

/**
 * Text of any origin for one line of a terminal: it cannot move the cursor, color the screen, fill the
 * clipboard, make a link, reverse the writing direction, hide a letter or break the line.
 */
export const escapeControlCharacters = (text: string): string =>
  stripVTControlCharacters(text.replaceAll(strings, ''))
    .replaceAll(breaking, ' ')
    .replaceAll(invisible, '')

/** {@link escapeControlCharacters} for a text of several lines. */
export const escapeControlCharactersInLines = (text: string): string =>
  text.split('\n').map(escapeControlCharacters).join('\n')

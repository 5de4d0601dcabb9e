// Terminals act on control characters, and bidirectional controls reorder what a person reads.
// oxlint-disable-next-line no-control-regex -- control characters are what is escaped
const risky = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** A character of the basic plane as an escape of JSON: `\u003d`. */
export const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Text with control and bidirectional characters as `\u001b`, line breaks and tabs included. */
export const escapeRiskyCharacters = (text: string): string =>
  text.replaceAll(risky, escapeCharacter)

const risky = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/**
 * Text of other origin for a terminal: control characters and those that change the direction of
 * text become `\u001b` escapes. A tab becomes a space.
 */
export const escapeControlCharacters = (text: string): string =>
  text.replaceAll(risky, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

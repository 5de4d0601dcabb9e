// A terminal obeys U+009B like ESC [, and the rest turns what is read around it.
const risky = /[\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const escape = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** JSON whose values are untouched and whose text can do nothing to a terminal. */
export const encodeJson = (value: unknown, indent = 0): string =>
  JSON.stringify(value, undefined, indent).replaceAll(risky, escape)

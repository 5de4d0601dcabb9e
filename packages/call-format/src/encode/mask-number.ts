/**
 * A customer number, masked: at most its last two characters, and none of a short one. It starts
 * with a dot, so that no spreadsheet takes it for a formula.
 */
export function maskNumber(number: unknown): string {
  if (number === undefined || number === null || number === '') return ''
  const characters = [...String(number)]
  return `••••${characters.length > 6 ? characters.slice(-2).join('') : ''}`
}

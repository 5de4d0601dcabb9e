/** A spec that cannot be read, parsed or used. The message names the file, the location and the fix. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
}

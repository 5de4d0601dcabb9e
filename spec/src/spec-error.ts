/** A spec that cannot be read, parsed or trusted; the message names the file, the place and the fix. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
}

import { throwInvalidParameter } from '../errors/usage-error.ts'

/** Numbers and times that JSON would write as null, which means something else. */
const isWrittenAsNull = (value: unknown): boolean =>
  value instanceof Date
    ? Number.isNaN(value.getTime())
    : typeof value === 'number' && !Number.isFinite(value)

function rejectWrittenAsNull(this: Record<string, unknown>, name: string, value: unknown): unknown {
  if (isWrittenAsNull(this[name])) throw new TypeError(`${name} has no JSON`)
  return value
}

/** @throws {CekuraError} with code `usage` for what cannot be written as JSON */
export function serializeBody(body: unknown): string {
  let text: string | undefined
  try {
    text = JSON.stringify(body, rejectWrittenAsNull) as string | undefined
  } catch {
    // Circular references, BigInts and NaN have no JSON.
  }
  return text ?? throwInvalidParameter('body', 'a value that can be written as JSON', body)
}

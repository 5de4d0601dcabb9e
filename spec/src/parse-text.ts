import { SpecError } from './spec-error.ts'

/** Largest text that is parsed, in UTF-8 bytes: five times the largest published API description known. */
export const maxTextBytes: number = 16 * 1_048_576
const maxDepth = 200
const maxValues = 1_000_000

/**
 * Counts the values of parsed data. A value that YAML aliases share counts once per occurrence,
 * because a serializer writes it as often.
 *
 * @throws {SpecError} if there are more than a million, or the nesting is deeper than 200 levels
 */
export function countValues(data: unknown): number {
  const pending: [value: unknown, depth: number][] = [[data, 0]]
  let count = 0
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [value, depth] = next
    if (++count + pending.length > maxValues)
      throw new SpecError(`more than ${maxValues} values, counting YAML aliases`)
    if (depth > maxDepth)
      throw new SpecError(`nested deeper than ${maxDepth} levels, or an alias that contains itself`)
    if (typeof value === 'object' && value !== null)
      for (const child of Object.values(value)) pending.push([child, depth + 1])
  }
  return count
}

/**
 * Parses JSON or YAML that comes from elsewhere. Size, depth and YAML aliases are limited, so the
 * result can be traversed and serialized.
 *
 * @throws {SpecError} with the reason if the text is neither or exceeds a limit
 */
export async function parseText(text: string): Promise<unknown> {
  if (Buffer.byteLength(text) > maxTextBytes)
    throw new SpecError(`larger than ${maxTextBytes} bytes`)
  let data: unknown
  try {
    if (/^\s*[{[]/.test(text)) data = JSON.parse(text)
    else {
      const { parseYaml } = await import('@redocly/openapi-core')
      data = parseYaml(text)
    }
  } catch (error) {
    throw new SpecError((error as Error).message.split('\n')[0], { cause: error })
  }
  countValues(data)
  return data
}

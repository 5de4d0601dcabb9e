import { SpecError } from './spec-error.ts'

/**
 * Parses JSON or YAML. YAML aliases become shared values, so the result can be much larger than the
 * text when it is serialized, or contain itself.
 *
 * @throws {SpecError} with the parser's message if the text is neither
 */
export async function parseText(text: string): Promise<unknown> {
  try {
    if (/^\s*[{[]/.test(text)) return JSON.parse(text) as unknown
    const { parseYaml } = await import('@redocly/openapi-core')
    return parseYaml(text)
  } catch (error) {
    throw new SpecError((error as Error).message.split('\n')[0], { cause: error })
  }
}

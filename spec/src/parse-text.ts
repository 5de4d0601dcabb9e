import { SpecError } from './spec-error.ts'

/**
 * Parses JSON or YAML. YAML's aliases become shared values, so the result may unfold into more
 * than the text could hold, or into itself.
 *
 * @throws {SpecError} with the parser's words when it is neither
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

import { checkSpec, resolveRef, type Json } from '@cekura-kit/spec'
import { defaultBaseUrl } from '@cekura-kit/types'
import { readContract } from '../document/contract-document.ts'
import type { Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'

const check = (id: string, title: string, run: Check['run']): Check => ({
  id: `document.${id}`,
  group: 'document',
  title,
  needs: ['document'],
  origin: 'documented',
  run,
})

/** Checks of the document that the target serves, before the first request. */
export const documentChecks: readonly Check[] = [
  check('lint', 'the served document has no problem', async ({ document }) => {
    const problems = checkSpec(document!)
    expectThat(
      problems.length === 0,
      `${problems.length} problems in the document: ${problems.map(({ location, message }) => `${message} at ${location}`).join('; ')}`,
    )
  }),
  check('examples', 'no example has an undocumented property', async (target) => {
    const { closedOperations, validateStrict } = readContract(target.document!)
    for (const { responses, requestBody } of closedOperations)
      for (const { content, examples } of [...responses, ...(requestBody ? [requestBody] : [])])
        for (const { name, mediaType, value } of examples) {
          const problem = content[mediaType] && validateStrict(content[mediaType])(value)
          expectThat(problem === undefined, `example ${name}: ${problem}`)
        }
  }),
  check('server', 'the first server of the served document is the API', async ({ document }) => {
    const [server] = (document!['servers'] ?? []) as Json[]
    const { url } = resolveRef(document!, server)
    expectThat(
      url === defaultBaseUrl,
      `expected the first server "${defaultBaseUrl}", got "${String(url)}"`,
    )
  }),
]

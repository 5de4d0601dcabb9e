import { checkSpec, resolveRef, type Json } from '@cekura-kit/spec'
import { defaultBaseUrl } from '@cekura-kit/types'
import { readContract, type ContractDocument } from '../document/contract-document.ts'
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
export const documentChecks = ({ operations }: ContractDocument): Check[] => [
  check('lint', 'the served document has no problem', async ({ document }) => {
    const problems = checkSpec(document!)
    expectThat(
      problems.length === 0,
      `${problems.length} problems in the document: ${problems.map(({ location, message }) => `${message} at ${location}`).join('; ')}`,
    )
  }),
  check('examples', 'every example is valid and has no undocumented property', async (target) => {
    const { closedOperations, validateStrict } = readContract(target.document!)
    let examples = 0
    for (const { responses, requestBody } of closedOperations)
      for (const { content, examples: named } of [
        ...responses,
        ...(requestBody ? [requestBody] : []),
      ])
        for (const { name, mediaType, value } of named) {
          const problem = content[mediaType] && validateStrict(content[mediaType])(value)
          expectThat(problem === undefined, `example ${name}: ${problem}`)
          examples++
        }
    return `${examples} examples`
  }),
  check('server', 'the first server of the served document is the API', async ({ document }) => {
    const [server] = (document!['servers'] ?? []) as Json[]
    const { url } = resolveRef(document!, server)
    expectThat(
      url === defaultBaseUrl,
      `expected the first server "${defaultBaseUrl}", got "${String(url)}"`,
    )
  }),
  ...operations.map(({ operationId, method, path }) => ({
    ...check(
      `${operationId}.place`,
      `${operationId} is ${method} ${path} and documents a success`,
      async ({ document }) => {
        const found = readContract(document!).operations.find(
          (operation) => operation.operationId === operationId,
        )
        expectThat(found, `operation "${operationId}" is missing`)
        expectThat(
          found.method === method && found.path === path,
          `${operationId} is ${found.method} ${found.path}`,
        )
        expectThat(
          found.responses.some(({ status }) => status.startsWith('2')),
          `${operationId} documents no success`,
        )
      },
    ),
    operationId,
  })),
]

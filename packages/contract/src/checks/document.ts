import {
  checkSpec,
  resolveRef,
  type Json,
  type Operation,
  type SpecDocument,
} from '@cekura-kit/spec'
import { defaultBaseUrl } from '@cekura-kit/types'
import { readContract, type ContractDocument } from '../document/contract-document.ts'
import { operationCheck, type Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import { firstDifference } from '../suite/first-difference.ts'

const check = (id: string, title: string, run: Check['run']): Check => ({
  id: `document.${id}`,
  group: 'document',
  title,
  needs: ['document'],
  origin: 'documented',
  run,
})

/** Checks of the document that the target serves, before the first request. */
export const documentChecks = ({ document: own, operations }: ContractDocument): Check[] => [
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
  ...operations.map((operation) =>
    operationCheck('document', operation, {
      id: 'request',
      title: 'the served document describes the same requests',
      needs: ['document'],
      async run({ document }) {
        const { operationId } = operation
        const served = readContract(document!).operations.find(
          (one) => one.operationId === operationId,
        )
        expectThat(served, `operation "${operationId}" is missing`)
        const different = firstDifference(requestOf(document!, served), requestOf(own, operation))
        expectThat(different === undefined, `${operationId} differs at ${different}`)
      },
    }),
  ),
]

/**
 * What a request must have. It is compared as written, because Prism drops empty values and unknown
 * names, so that no request can test them.
 */
const requestOf = (
  document: SpecDocument,
  { method, path, parameters, requestBody }: Operation,
) => ({
  method,
  path,
  parameters: Object.fromEntries(
    parameters.map(({ name, in: place, required, schema }) => [
      `${place} ${name}`,
      { required, schema: expandRefs(document, schema) },
    ]),
  ),
  ...(requestBody && {
    required: requestBody.required,
    content: expandRefs(document, requestBody.content),
    examples: requestBody.examples,
  }),
})

/** A schema with its references replaced, except for those to a parent. */
function expandRefs(document: SpecDocument, value: Json, parents: readonly string[] = []): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => expandRefs(document, item, parents))
  const ref = value['$ref']
  if (typeof ref === 'string')
    return parents.includes(ref)
      ? ref
      : expandRefs(document, resolveRef(document, value), [...parents, ref])
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, expandRefs(document, child, parents)]),
  )
}

import { checkSpec, resolveRef, type Json } from '@cekura-kit/spec'
import { defaultBaseUrl } from '@cekura-kit/types'
import { expectThat, type Check } from '../check.ts'
import { readContract, type ContractDocument } from '../contract-document.ts'

const check = (id: string, title: string, run: Check['run']): Check => ({
  id: `L0.${id}`,
  layer: 'L0',
  title,
  needs: ['document'],
  origin: 'documented',
  run,
})

/** L0: what the target's document says of itself, before anything is asked. */
export function staticChecks({ operations }: ContractDocument): Check[] {
  return [
    check('gate', 'the served document has no problem', async ({ document }) => {
      const problems = checkSpec(document!)
      expectThat(
        problems.length === 0,
        `the document has ${problems.length} problems: ${problems.map(({ location, message }) => `${message} at ${location}`).join('; ')}`,
      )
    }),
    check('examples', 'every example is valid with nothing more than is named', async (target) => {
      const { closedOperations, strictJudge } = readContract(target.document!)
      let examples = 0
      for (const operation of closedOperations)
        for (const { status, content, examples: named } of operation.responses)
          for (const { name, mediaType, value } of named) {
            const fault = strictJudge(content[mediaType]!)(value)
            expectThat(fault === undefined, `the example ${name} of ${status} ${fault}`)
            examples++
          }
      return `${examples} examples`
    }),
    check('server', 'the served document names the service first', async ({ document }) => {
      const [server] = (document!['servers'] ?? []) as Json[]
      const { url } = resolveRef(document!, server)
      expectThat(
        url === defaultBaseUrl,
        `the first server is "${String(url)}"; wanted is "${defaultBaseUrl}"`,
      )
    }),
    ...operations.map(({ operationId, method, path }) =>
      check(
        `${operationId}.place`,
        `${operationId} is ${method} ${path} and documents a success`,
        async ({ document }) => {
          const found = readContract(document!).operations.find(
            (operation) => operation.operationId === operationId,
          )
          expectThat(found, `there is no operation "${operationId}"`)
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
    ),
  ]
}

import { resolveRef, type Json } from '@cekura-kit/spec'
import { expectThat, type Check } from '../check.ts'
import { expectConform, requiredQuery } from '../conform.ts'
import { successOf, type ContractDocument, type Node } from '../contract-document.ts'

const seeds = Array.from({ length: 12 }, (_, seed) => seed + 1)

/**
 * L4: bodies that the mock makes up from the schemas are valid, and between them show every word of
 * each enum and both states of what may be null.
 */
export function dynamicChecks(contract: ContractDocument): Check[] {
  return contract.operations.flatMap((operation): Check[] => {
    const success = successOf(operation)
    const schema = success?.content['application/json']
    if (!success || !schema) return []
    return [
      {
        id: `L4.${operation.operationId}.seeds`,
        layer: 'L4',
        title: 'made-up bodies are valid and show all that the schema allows',
        needs: ['dynamic'],
        origin: 'documented',
        async run(target) {
          const seen = new Set<string>()
          const query = requiredQuery(operation, target)
          for (const seed of seeds) {
            const headers = { prefer: `code=${success.status}, dynamic=true, seed=${seed}` }
            const answer = await target.send({ ...operation, query, headers })
            // The generator adds properties where the schema is open.
            const open = { ...target, isPolite: true }
            const body = expectConform(contract, open, operation, answer, [Number(success.status)])
            note(contract, schema, body, '', seen)
          }
          const missing = expectedOf(contract, schema, '').filter((fact) => !seen.has(fact))
          expectThat(
            missing.length === 0,
            `${seeds.length} made-up bodies never show ${missing.join(', ')}`,
          )
          return `${seeds.length} bodies`
        },
      },
    ]
  })
}

/** Every enum word, and null beside not null, that a schema allows, as `path=word`. */
function expectedOf({ document }: ContractDocument, schema: Json, at: string): string[] {
  const node = resolveRef(document, schema) as Node
  const contract = { document } as ContractDocument
  const types = [node['type']].flat()
  return [
    ...(Array.isArray(node['enum']) ? node['enum'].map((word) => `${at}=${String(word)}`) : []),
    ...(types.includes('null') ? [`${at}=null`, `${at}=something`] : []),
    ...Object.entries((node['properties'] ?? {}) as Node).flatMap(([name, property]) =>
      expectedOf(contract, property, `${at}.${name}`),
    ),
    ...(node['items'] === undefined ? [] : expectedOf(contract, node['items'], `${at}[]`)),
  ]
}

function note(
  contract: ContractDocument,
  schema: Json,
  value: unknown,
  at: string,
  seen: Set<string>,
): void {
  const node = resolveRef(contract.document, schema) as Node
  seen.add(`${at}=${value === null ? 'null' : 'something'}`)
  if (typeof value === 'string') seen.add(`${at}=${value}`)
  if (Array.isArray(value))
    for (const item of value) note(contract, node['items'] ?? {}, item, `${at}[]`, seen)
  else if (typeof value === 'object' && value !== null)
    for (const [name, own] of Object.entries(value))
      note(contract, ((node['properties'] ?? {}) as Node)[name] ?? {}, own, `${at}.${name}`, seen)
}

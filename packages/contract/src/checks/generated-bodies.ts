import { jsonSchemaOf, resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import { successesOf, type ContractDocument, type Node } from '../document/contract-document.ts'
import { createRequest } from '../document/sample-request.ts'
import type { Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import { expectConforming } from '../target/expect-conforming.ts'

const seeds = Array.from({ length: 12 }, (_, seed) => seed + 1)

/**
 * Bodies that the mock generates from the schemas are valid, and together contain every enum value
 * and both states of each nullable property.
 */
export const generatedBodyChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation): Check[] => {
    const { operationId } = operation
    const success = successesOf(operation).find(({ content }) => jsonSchemaOf(content))
    const schema = success && jsonSchemaOf(success.content)
    if (!schema) return []
    return [
      {
        id: `generated.${operationId}.seeds`,
        group: 'generated',
        title: 'generated bodies are valid and cover the schema',
        operationId,
        needs: ['dynamic'],
        origin: 'documented',
        async run(target) {
          const seen = new Set<string>()
          const request = createRequest(contract, operation, target)
          for (const seed of seeds) {
            const headers = {
              ...request.headers,
              prefer: `code=${success.status}, dynamic=true, seed=${seed}`,
            }
            const response = await target.send({ ...request, headers })
            // The generator adds properties where the schema is open.
            const open = { isShared: true }
            const body = expectConforming(contract, open, operation, response, [
              Number(success.status),
            ])
            collectFacts(contract.document, schema, body, '', seen)
          }
          const missing = expectedFacts(contract.document, schema).filter((fact) => !seen.has(fact))
          expectThat(
            missing.length === 0,
            `${seeds.length} generated bodies never contain ${missing.join(', ')}`,
          )
          return `${seeds.length} bodies`
        },
      },
    ]
  })

/** Every enum value, and null next to not null, that a schema allows, as `path=value`. */
function expectedFacts(document: SpecDocument, schema: Json | undefined, at = ''): string[] {
  const node = resolveRef(document, schema)
  const isNullable = [node['type']].flat().includes('null')
  return [
    ...(Array.isArray(node['enum']) ? node['enum'].map((value) => `${at}=${String(value)}`) : []),
    ...(isNullable ? [`${at}=null`, `${at}=not null`] : []),
    ...Object.entries(resolveRef(document, node['properties'])).flatMap(([name, property]) =>
      expectedFacts(document, property, `${at}.${name}`),
    ),
    ...(node['items'] === undefined ? [] : expectedFacts(document, node['items'], `${at}[]`)),
  ]
}

/** Collects what a body shows of its schema. */
function collectFacts(
  document: SpecDocument,
  schema: Json | undefined,
  value: unknown,
  at: string,
  seen: Set<string>,
): void {
  const node = resolveRef(document, schema)
  seen.add(`${at}=${value === null ? 'null' : 'not null'}`)
  if (typeof value !== 'object') seen.add(`${at}=${String(value)}`)
  if (Array.isArray(value))
    for (const item of value) collectFacts(document, node['items'], item, `${at}[]`, seen)
  else if (typeof value === 'object' && value !== null)
    for (const [name, own] of Object.entries(value))
      collectFacts(document, (node['properties'] as Node)?.[name], own, `${at}.${name}`, seen)
}

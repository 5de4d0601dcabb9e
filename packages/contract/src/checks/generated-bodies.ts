import { jsonSchemaOf, resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import { successesOf, type ContractDocument, type Node } from '../document/contract-document.ts'
import { createRequest } from '../document/sample-request.ts'
import type { Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import { expectConforming } from '../target/expect-conforming.ts'

/** Rare values, such as one of many enum values in a single object, need more bodies. */
const [minBodies, maxBodies] = [12, 120]

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
          const expected = expectedFacts(contract.document, schema)
          const missing = (): string[] => expected.filter((fact) => !seen.has(fact))
          let seed = 0
          while (seed < minBodies || (seed < maxBodies && missing().length > 0)) {
            seed++
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
          expectThat(
            missing().length === 0,
            `${seed} generated bodies never contain ${missing().join(', ')}`,
          )
          return `${seed} bodies`
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

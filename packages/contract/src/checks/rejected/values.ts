import type { Operation, Parameter } from '@cekura-kit/spec'
import { successesOf, type ContractDocument } from '../../document/contract-document.ts'
import { candidateBodies, mergeSamples } from '../../document/sample-bodies.ts'
import {
  bodySchemaOf,
  createRequest,
  exampleBodiesOf,
  type Changes,
} from '../../document/sample-request.ts'
import { candidateTexts, coerceTexts, isPortable } from '../../document/sample-values.ts'
import type { Check } from '../../suite/check.ts'
import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import { isStateful, type Target } from '../../target/target.ts'
import { expectRejection } from './rejection.ts'

/** How the framework behind the API treats values that the document rejects, where it is not a 400. */
const lenient: { [parameter: string]: readonly number[] } = {
  // The page does not exist.
  page: [400, 404],
  // An invalid size falls back to the default.
  page_size: [200, 400],
}
/** Frameworks complete these dates with a time or an offset. */
const isIncompleteDate = (value: string): boolean => /^\d{4}-\d{2}-\d{2}(T[\d:]+)?$/.test(value)

function statusesOf(target: Target, operation: Operation, name: string, value = ''): number[] {
  if (!isStateful(target, operation.operationId)) return [400, 422]
  const isTime = name.startsWith('timestamp') && isIncompleteDate(value)
  return [...(lenient[name] ?? (isTime ? [200, 400] : [400, 422]))]
}

interface Case {
  id: string
  title: string
  needs?: Check['needs']
  changes: Changes
  /** Name of the parameter that the response must name, and the value that is invalid. */
  name?: string
  value?: string
  /** The value may be ignored instead. */
  mayBeIgnored?: boolean
}

/** Missing, repeated and invalid parameters and bodies. */
export const valueChecks = (contract: ContractDocument, operation: Operation): Check[] => [
  ...[
    ...operation.parameters.flatMap((parameter) => parameterCases(contract, parameter)),
    ...bodyCases(contract, operation),
  ].map((one) => toCheck(contract, operation, one)),
  ...operation.parameters
    .filter(({ in: place, schema }) => place === 'query' && schema['type'] !== 'array')
    .map((parameter) => repeatedCheck(contract, operation, parameter)),
]

function toCheck(
  contract: ContractDocument,
  operation: Operation,
  { id, title, needs = [], changes, name, value, mayBeIgnored = false }: Case,
): Check {
  const { operationId } = operation
  return {
    id: `rejected.${operationId}.${id}`,
    group: 'rejected',
    title,
    operationId,
    needs,
    origin: 'inferred',
    async run(target) {
      const response = await target.send(createRequest(contract, operation, target, changes))
      const statuses = name === undefined ? [400, 422] : statusesOf(target, operation, name, value)
      const others = [...(changes.path ? [404] : []), ...(mayBeIgnored ? [200] : [])]
      const body = expectRejection(contract, target, operation, response, statuses, others)
      // A mock returns its first example, which names any parameter.
      if (name !== undefined && response.status === 400 && isStateful(target, operationId))
        expectThat(
          typeof body === 'object' && body !== null && name in body,
          `response 400: body does not name "${name}"`,
          response.request,
        )
      return response.status < 300
        ? 'not rejected, and the response is as documented'
        : `rejected with ${response.status}`
    },
  }
}

function parameterCases({ document, validate }: ContractDocument, parameter: Parameter): Case[] {
  const { name, required, schema, in: place } = parameter
  if (place !== 'query' && place !== 'path') return []
  const isInvalid = (text: string): boolean =>
    validate(schema)(coerceTexts(parameter, [text])) !== undefined
  const invalid = candidateTexts(document, parameter).filter(
    (text) => isPortable(text) && isInvalid(text),
  )
  const cases = invalid.map((value): Case => ({
    id: `${name}=${value}`,
    title: `${name} rejects "${value}"`,
    changes: { [place]: { [name]: value } },
    ...(place === 'query' && { name }),
    value,
  }))
  if (place === 'path') return cases
  // Prism drops an empty value, so only stored data shows how it is handled.
  if (isInvalid(''))
    cases.push({
      id: `${name}=`,
      title: `${name} rejects an empty value`,
      needs: ['stateful'],
      changes: { query: { [name]: '' } },
      name,
      // Frameworks treat an empty value that is not a string as missing.
      mayBeIgnored: !required && schema['type'] !== 'string',
    })
  if (required)
    cases.push({
      id: `no-${name}`,
      title: `rejects a request without ${name}`,
      changes: { query: { [name]: undefined } },
      name,
    })
  return cases
}

/** Invalid values at each place of a body, at most this many per place. */
const maxPerPlace = 3

function bodyCases(contract: ContractDocument, operation: Operation): Case[] {
  const schema = bodySchemaOf(operation)
  if (schema === undefined) return []
  const isInvalid = contract.validate(schema)
  const sample = mergeSamples(exampleBodiesOf(contract, operation))
  const perPlace = new Map<string, number>()
  const invalid = candidateBodies(contract.document, schema, sample).filter(({ path, value }) => {
    // A server cannot distinguish null from no body, which is valid if the body is optional.
    const isNoBody = value === null && !operation.requestBody?.required
    if (isNoBody || isInvalid(value) === undefined) return false
    perPlace.set(path, (perPlace.get(path) ?? 0) + 1)
    return perPlace.get(path)! <= maxPerPlace
  })
  return [
    ...invalid.map(({ path, change, value }): Case => ({
      id: `body${path} ${change}`,
      title: `rejects a body where ${path || 'it'} ${change}`,
      changes: { body: value },
    })),
    ...(operation.requestBody?.required
      ? [{ id: 'no-body', title: 'rejects a request without a body', changes: { body: undefined } }]
      : []),
  ]
}

/** A name that is sent twice is rejected, or the target uses one of the values. */
function repeatedCheck(
  contract: ContractDocument,
  operation: Operation,
  parameter: Parameter,
): Check {
  const { operationId } = operation
  const { name } = parameter
  return {
    id: `rejected.${operationId}.${name}-twice`,
    group: 'rejected',
    title: `rejects a repeated ${name}, or uses one of the values`,
    operationId,
    needs: [],
    origin: 'inferred',
    async run(target) {
      const value =
        name === 'agent_id'
          ? String(target.agentId)
          : candidateTexts(contract.document, parameter)[0]!
      const request = createRequest(contract, operation, target, { query: { [name]: value } })
      const response = await target.send({ ...request, query: [...request.query, [name, value]] })
      if (response.status < 300) {
        const successes = successesOf(operation).map(({ status }) => Number(status))
        expectConforming(contract, target, operation, response, successes)
        return 'uses one of the values'
      }
      expectRejection(contract, target, operation, response, [400, 422])
      return `rejected with ${response.status}`
    },
  }
}

import {
  createSchemaValidator,
  listOperations,
  resolveRef,
  type Json,
  type Operation,
  type SpecDocument,
} from '@cekura-kit/spec'
import { closeSchemas } from './close-schemas.ts'

export type Node = { [key: string]: Json }
export const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Response = Operation['responses'][number]
type Validate = ReturnType<typeof createSchemaValidator>

export interface ResponseHeader {
  name: string
  required: boolean
  schema: Node
  example: Json | undefined
}

/** A document as the suite reads it: the one that checks come from, or one that a target serves. */
export interface ContractDocument {
  document: SpecDocument
  operations: Operation[]
  /** The operations, with closed schemas. */
  closedOperations: Operation[]
  validate: Validate
  /** Rejects properties that the document does not name. */
  validateStrict: Validate
  /** Whether the document demands a key for the operation. */
  needsKey(operation: Operation): boolean
  headersOf(operation: Operation, status: string): ResponseHeader[]
}

const contracts = new WeakMap<SpecDocument, ContractDocument>()

/** Reads a document, once for all checks. */
export function readContract(document: SpecDocument): ContractDocument {
  const known = contracts.get(document)
  if (known) return known
  const contract = createContract(document)
  contracts.set(document, contract)
  return contract
}

function createContract(document: SpecDocument): ContractDocument {
  const follow = (value: Json | undefined): Node => resolveRef(document, value)
  const closed = closeSchemas(document)
  const nodeOf = ({ path, method }: Operation): Node =>
    follow(follow(follow(document['paths'])[path])[method.toLowerCase()])
  return {
    document,
    operations: listOperations(document),
    closedOperations: listOperations(closed),
    validate: createSchemaValidator(document),
    validateStrict: createSchemaValidator(closed),
    needsKey(operation) {
      const security = (nodeOf(operation)['security'] ?? document['security'] ?? []) as Json[]
      return security.length > 0 && security.every((one) => Object.keys(follow(one)).length > 0)
    },
    headersOf(operation, status) {
      const response = follow(follow(nodeOf(operation)['responses'])[status])
      return Object.entries(follow(response['headers'])).map(([name, value]) => {
        const header = follow(value)
        return {
          name,
          required: header['required'] === true,
          schema: follow(header['schema']),
          example: header['example'],
        }
      })
    },
  }
}

/** Successes that an operation documents, the first one first. */
export const successesOf = ({ responses }: Operation): Response[] =>
  responses.filter(({ status }) => status.startsWith('2'))

/** Every status of `2XX`. */
const anySuccess = Array.from({ length: 100 }, (_, at) => 200 + at)

/** Statuses of a valid request: the successes; without them the first response, or any success. */
export function successStatuses(operation: Operation): number[] {
  const [first] = operation.responses
  const successes = successesOf(operation)
  return (successes.length > 0 || !first ? successes : [first]).flatMap(({ status }) =>
    /^\d+$/.test(status) ? Number(status) : anySuccess,
  )
}

export const isJson = (mediaType: string): boolean =>
  /^application\/(.+\+)?json$/i.test(mediaType.split(';')[0]!.trim())

/** Text of a header or a parameter as the type of its schema; unchanged if it cannot be converted. */
export function coerceText(schema: Node, text: string): unknown {
  const types = new Set([schema['type']].flat())
  const isNumeric = types.has('integer') || types.has('number')
  if (isNumeric && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

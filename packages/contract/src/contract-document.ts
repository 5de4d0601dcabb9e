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

export interface HeaderRule {
  name: string
  required: boolean
  schema: Node
  example: Json | undefined
}

type Judge = ReturnType<typeof createSchemaValidator>

/** A document as the suite reads it: the one it is derived from, or one that a target serves. */
export interface ContractDocument {
  document: SpecDocument
  operations: Operation[]
  /** The operations with nothing allowed that the document does not name. */
  closedOperations: Operation[]
  judge: Judge
  /** Judges with nothing allowed that the document does not name. */
  strictJudge: Judge
  /** Where the key goes. */
  auth: { name: string; in: string }
  headersOf(operation: Operation, status: string): HeaderRule[]
}

/** A judge that compiles each schema once. */
function withMemory(judge: Judge): Judge {
  const compiled = new Map<Json, ReturnType<Judge>>()
  return (schema) => {
    const known = compiled.get(schema) ?? judge(schema)
    compiled.set(schema, known)
    return known
  }
}

const contracts = new WeakMap<SpecDocument, ContractDocument>()

/** Reads a document, once however many checks look at it. */
export function readContract(document: SpecDocument): ContractDocument {
  const known = contracts.get(document)
  if (known) return known
  const contract = createContract(document)
  contracts.set(document, contract)
  return contract
}

function createContract(document: SpecDocument): ContractDocument {
  const follow = (value: Json | undefined): Node => resolveRef(document, value) as Node
  const closed = closeSchemas(document)
  const schemes = follow(follow(document['components'])['securitySchemes'])
  const [scheme] = Object.values(schemes).map(follow)
  return {
    document,
    operations: listOperations(document),
    closedOperations: listOperations(closed),
    judge: withMemory(createSchemaValidator(document)),
    strictJudge: withMemory(createSchemaValidator(closed)),
    auth: { name: String(scheme?.['name']), in: String(scheme?.['in']) },
    headersOf({ path, method }, status) {
      const operation = follow(follow(follow(document['paths'])[path])[method.toLowerCase()])
      const response = follow(follow(operation['responses'])[status])
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

/** The success that an operation documents first. */
export const successOf = (operation: Operation): Operation['responses'][number] | undefined =>
  operation.responses.find(({ status }) => status.startsWith('2'))

/** A header's text as the value that its schema speaks of. */
export function coerceText(schema: Node, text: string): unknown {
  const types = new Set([schema['type']].flat())
  const isNumeric = types.has('integer') || types.has('number')
  if (isNumeric && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

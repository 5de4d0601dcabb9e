import {
  createSchemaJudge,
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

/** The document a suite is derived from, read once. */
export interface ContractDocument {
  document: SpecDocument
  operations: Operation[]
  /** The document with nothing allowed that it does not name. */
  closed: SpecDocument
  judge: ReturnType<typeof createSchemaJudge>
  /** Judges by {@link closed}. */
  strictJudge: ReturnType<typeof createSchemaJudge>
  /** Where the key goes. */
  auth: { name: string; in: string }
  headersOf(operation: Operation, status: string): HeaderRule[]
}

export function readContract(document: SpecDocument): ContractDocument {
  const follow = (value: Json | undefined): Node => resolveRef(document, value) as Node
  const closed = closeSchemas(document)
  const schemes = follow(follow(document['components'])['securitySchemes'])
  const [scheme] = Object.values(schemes).map(follow)
  return {
    document,
    operations: listOperations(document),
    closed,
    judge: createSchemaJudge(document),
    strictJudge: createSchemaJudge(closed),
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

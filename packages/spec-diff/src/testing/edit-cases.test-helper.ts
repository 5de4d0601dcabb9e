import { readFileSync } from 'node:fs'
import type { Json, SpecDocument } from '@cekura-kit/spec'

/** One edit of a small document, and what the comparison calls it. */
export interface EditCase {
  kind: string
  /** What `before` and `after` are: a property's schema, a parameter, or fields to set. */
  place: 'written' | 'read' | 'parameter' | 'parameterObject' | 'operation' | 'document'
  before: Json
  after: Json
}

const read = (name: string): EditCase[] =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')) as EditCase[]

/** A case for each row of the table of safe edits. */
export const safeCases = read('safe-edits.json')

/** Cases of well-known breaking edits that no golden pair has. */
export const breakingCases = read('breaking-edits.json')

const content = (value: Json): Json => ({
  content: {
    'application/json': {
      schema: { type: 'object', required: ['value'], properties: { value } },
    },
  },
})

/** The whole document of one side of a case. */
export function documentOf({ place }: EditCase, value: Json): SpecDocument {
  const parameter = {
    name: 'q',
    in: 'query',
    ...(place === 'parameterObject' ? (value as object) : { schema: value }),
  }
  const operation: { [field: string]: Json } = {
    operationId: 'save',
    responses: {
      200: { description: 'OK.', ...(place === 'read' ? (content(value) as object) : {}) },
    },
    ...(place === 'written' ? { requestBody: content(value) } : {}),
    ...(place.startsWith('parameter') ? { parameters: [parameter] } : {}),
    ...(place === 'operation' ? (value as object) : {}),
  }
  if (operation['operationId'] === null) delete operation['operationId']
  const fields = place === 'document' ? (value as { [field: string]: Json }) : {}
  return {
    openapi: '3.1.0',
    info: { title: 'Case', version: '1' },
    ...fields,
    paths: { '/things': { post: operation }, ...(fields['paths'] as object | undefined) },
  }
}

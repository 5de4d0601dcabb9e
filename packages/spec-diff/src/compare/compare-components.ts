import type { Json } from '@cekura-kit/spec'
import { mapOf, namesOf, nodeAt } from '../document/node.ts'
import { compareBodyFields, comparePathItems } from './compare-operations.ts'
import { compareFields, elsewhere, type CompareField } from './compare-fields.ts'
import { compareParameter } from './compare-parameters.ts'
import { compareResponse } from './compare-responses.ts'
import { createEdit, within, type Direction, type Edit } from './edit.ts'
import type { SchemaComparison } from './pair.ts'

type CompareNamed = (name: string, before: Json, after: Json) => Edit[]

/** Sections whose names generated types export. Others are compared where they are used. */
function sections(schemas: SchemaComparison): { [section: string]: CompareNamed } {
  return {
    schemas: (name) => {
      const met = schemas.met.get(name)
      const directions: Iterable<Direction> = met ?? ['request', 'response']
      const reference = (): Json[] => [{ $ref: `#/components/schemas/${escape(name)}` }]
      return [...directions].flatMap((direction) =>
        schemas.compareAll(reference(), reference(), direction),
      )
    },
    parameters: (_name, before, after) => compareParameter(schemas, before, after, 'request'),
    headers: (_name, before, after) => compareParameter(schemas, before, after, 'response'),
    responses: (_name, before, after) => compareResponse(schemas, before, after, 'response'),
    requestBodies: (_name, before, after) =>
      compareBodyFields(
        schemas,
        nodeAt(schemas.documents[0], before),
        nodeAt(schemas.documents[1], after),
        'request',
      ),
    pathItems: (name, before, after) =>
      comparePathItems(schemas, new Map([[name, before]]), new Map([[name, after]]), 'request'),
  }
}

const escape = (name: string): string =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))

/** Compares the components that generated types export by name, used or not. */
export function compareComponents(
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
): Edit[] {
  const named = Object.entries(sections(schemas)).map(
    ([section, compareNamed]): [string, CompareField] => [
      section,
      (a, b) => compareSection(schemas, section, a, b, compareNamed),
    ],
  )
  return compareFields(schemas, before, after, {
    ...Object.fromEntries(named),
    securitySchemes: elsewhere,
    callbacks: elsewhere,
    links: elsewhere,
    examples: (a, b) => compareFields(schemas, { examples: a ?? {} }, { examples: b ?? {} }, {}),
  })
}

function compareSection(
  schemas: SchemaComparison,
  section: string,
  before: Json | undefined,
  after: Json | undefined,
  compareNamed: CompareNamed,
): Edit[] {
  const [old, next] = [mapOf(before), mapOf(after)]
  return [...namesOf(old, next)].flatMap((name) => {
    const path = ` ${section} ${name}`
    if (!next.has(name)) return [createEdit('component-removed', path)]
    if (!old.has(name)) return [createEdit('component-added', path)]
    return within(path, compareNamed(name, old.get(name)!, next.get(name)!))
  })
}

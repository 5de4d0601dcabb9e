import type { Json } from '@cekura-kit/spec'
import { escapeName, mapOf } from '../document/node.ts'
import { compareBodyFields, comparePathItems } from './compare-operations.ts'
import { compareFields, elsewhere, type CompareField } from './compare-fields.ts'
import { compareParameter } from './compare-parameters.ts'
import { compareResponse } from './compare-responses.ts'
import { compareNamed } from './compare-named.ts'
import type { Direction, Edit } from './edit.ts'
import type { SchemaComparison } from './pair.ts'

type CompareMember = (name: string, before: Json, after: Json) => Edit[]

/** Sections whose names generated types export. Others are compared where they are used. */
function sections(schemas: SchemaComparison): { [section: string]: CompareMember } {
  return {
    schemas: (name) => {
      const met = schemas.met.get(name)
      const directions: Iterable<Direction> = met ?? ['request', 'response']
      const reference = (): Json[] => [{ $ref: `#/components/schemas/${escapeName(name)}` }]
      return [...directions].flatMap((direction) =>
        schemas.compareAll(reference(), reference(), direction),
      )
    },
    parameters: (_name, before, after) => compareParameter(schemas, before, after, 'request'),
    headers: (_name, before, after) => compareParameter(schemas, before, after, 'response'),
    responses: (_name, before, after) => compareResponse(schemas, before, after, 'response'),
    requestBodies: (_name, before, after) =>
      compareBodyFields(schemas, ...schemas.nodesAt(before, after), 'request'),
    pathItems: (name, before, after) =>
      comparePathItems(schemas, new Map([[name, before]]), new Map([[name, after]]), 'request'),
  }
}

/** Compares the components that generated types export by name, used or not. */
export function compareComponents(
  schemas: SchemaComparison,
  before: Json | undefined,
  after: Json | undefined,
): Edit[] {
  const named = Object.entries(sections(schemas)).map(
    ([section, compareMember]): [string, CompareField] => [
      section,
      (a, b) => compareSection(section, a, b, compareMember),
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

const compareSection = (
  section: string,
  before: Json | undefined,
  after: Json | undefined,
  compareMember: CompareMember,
): Edit[] =>
  compareNamed(mapOf(before), mapOf(after), {
    at: (name) => ` ${section} ${name}`,
    added: 'component-added',
    removed: 'component-removed',
    both: (a, b, name) => compareMember(name, a, b),
  })

import type { SpecDocument } from '@cekura-kit/spec'
import { createRandom, createTrialDocument, type Loose } from './trial-document.ts'

const put = (owner: Loose, key: string, value: unknown): void => {
  ;(owner as Record<string, unknown>)[key] = value
}

/** A document with so many paths, about 5 kB each when indented, as grown services publish them. */
export function createLargeDocument(paths: number): SpecDocument {
  const document = createTrialDocument(createRandom(1)) as unknown as Loose
  const words = 'What this one means, in the plain words of whoever wrote it down first. '
  for (let n = document['paths'] ? Object.keys(document['paths']).length : 0; n < paths; n++) {
    const random = createRandom(n)
    // Four paths share their schemas: a list, its items and their like.
    const own = n - ((n - 2) % 4)
    const other = createTrialDocument(random) as unknown as Loose
    const schemas = other['components']!['schemas']!
    for (const [name, schema] of Object.entries(schemas)) {
      if (name === 'Problem' || own !== n) continue
      for (const property of Object.values(schema['properties'] ?? {}))
        put(property, 'description', words)
      put(document['components']!['schemas']!, `${name}${n}`, schema)
    }
    // Earlier resources are referred to, as in a grown service.
    const earlier = 2 + 4 * Math.floor((random() * (n - 2)) / 4)
    const read = document['components']!['schemas']![`Read${own}`]!
    if (own === n)
      put(read['properties']!, 'owner', {
        $ref: `#/components/schemas/${earlier === n ? 'Read' : `Read${earlier}`}`,
      })
    const text = JSON.stringify(other['paths']!['/things'])
      .replaceAll('schemas/Read', `schemas/Read${own}`)
      .replaceAll('schemas/Written', `schemas/Written${own}`)
      .replaceAll('"operationId":"', `"description":"${words}","operationId":"r${n}-`)
    put(document['paths']!, `/things${n}`, JSON.parse(text))
  }
  return document as unknown as SpecDocument
}

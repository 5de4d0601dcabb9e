import type { SpecDocument } from '@cekura-kit/spec'
import { readContract } from '../contract-document.ts'
import type { Answer, Asked } from '../target.ts'
import { readShape, uniteShapes, type Shapes } from './shape.ts'

export interface ShapeCollector {
  add(asked: Asked, answer: Answer): void
  shapes(): Shapes
}

/**
 * Gathers the shapes of what operations answer. What comes by chance, a refusal for asking too much
 * or a failure, would be new again and again, and is left out.
 */
export function collectShapes(document: SpecDocument): ShapeCollector {
  const { operations } = readContract(document)
  let shapes: Shapes = {}
  return {
    add({ method = 'GET', path }, { status, headers, text }) {
      const operation = operations.find((one) => one.path === path && one.method === method)
      if (!operation || status === 429 || status >= 500) return
      const mediaType = (headers.get('content-type') ?? 'no content type').split(';')[0]!.trim()
      const schema = operation.responses.find((one) => one.status === String(status))?.content
      const body = readJson(mediaType, text)
      shapes = uniteShapes(shapes, {
        [`${operation.operationId} ${status} ${mediaType}`]:
          body === undefined ? {} : readShape(document, schema?.[mediaType], body),
      })
    },
    shapes: () => shapes,
  }
}

function readJson(mediaType: string, text: string): unknown {
  if (!/^application\/(.+\+)?json$/.test(mediaType)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { readFile, writeFile } from 'node:fs/promises'
import { UsageError } from '../check.ts'
import type { PlaceShape, Shapes } from './shape.ts'

const isPlace = (value: unknown): value is PlaceShape =>
  typeof value === 'object' && value !== null && 'types' in value && Array.isArray(value.types)

const isShapes = (value: unknown): value is Shapes =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (body: unknown) =>
      typeof body === 'object' && body !== null && Object.values(body).every(isPlace),
  )

/**
 * The shapes that were kept in a file, undefined when there is none.
 *
 * @throws {UsageError} when there is one that holds something else
 */
export async function readShapes(file: string): Promise<Shapes | undefined> {
  const refuse = (why: string): never => {
    throw new UsageError(
      `Cannot compare with the shapes in "${file}": ${why}; give the file that a run with --shapes wrote, or a name that is free`,
    )
  }
  let text
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const { code = 'it cannot be read' } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? undefined : refuse(code)
  }
  let shapes: unknown
  try {
    shapes = JSON.parse(text)
  } catch {
    return refuse('it is no JSON')
  }
  return isShapes(shapes) ? shapes : refuse('it holds no shapes')
}

/** Writes shapes as a file whose changes are read line by line. */
export async function writeShapes(file: string, shapes: Shapes): Promise<void> {
  const places = Object.entries(shapes).map(([answer, body]) => {
    const lines = Object.entries(body).map(
      ([path, place]) => `    ${JSON.stringify(path)}: ${JSON.stringify(place)}`,
    )
    return `  ${JSON.stringify(answer)}: {${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}}`
  })
  await writeFile(file, `{\n${places.join(',\n')}\n}\n`)
}

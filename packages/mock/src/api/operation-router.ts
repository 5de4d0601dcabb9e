import type { Operation } from '@cekura-kit/spec/document'

export interface Route {
  /** The path template as written. */
  path: string
  /** By method, in upper case. */
  operations: ReadonlyMap<string, Operation>
  /** Whether a concrete path belongs to the template. */
  matches(pathname: string): boolean
}

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** Path parameters take exactly one segment. */
const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split(/(\{[^}]*\})/)
      .map((part, n) => (n % 2 === 1 ? '[^/]+' : literal(part)))
      .join('')}$`,
  )

const templateCount = (path: string): number => path.split('{').length

/**
 * Finds the path item of a concrete path. A path without parameters wins over a template.
 *
 * @returns a function that returns undefined for a path that the document does not have
 */
export function createOperationRouter(
  operations: readonly Operation[],
): (pathname: string) => Route | undefined {
  const byPath = new Map<string, Map<string, Operation>>()
  for (const operation of operations) {
    const methods = byPath.get(operation.path) ?? new Map<string, Operation>()
    byPath.set(operation.path, methods.set(operation.method, operation))
  }
  const routes = [...byPath]
    .sort(([a], [b]) => templateCount(a) - templateCount(b))
    .map(([path, methods]): Route => {
      const pattern = patternOf(path)
      return { path, operations: methods, matches: (pathname) => pattern.test(pathname) }
    })
  return (pathname) => routes.find((route) => route.matches(pathname))
}

import type { Json } from '@cekura-kit/spec'
import type { Conjunction, SchemaView } from '../document/schema-view.ts'

/** Deeper than this, a shared schema is read elsewhere. */
const maxDepth = 8
const quote = JSON.stringify

type Look = (conjunction: Conjunction) => SchemaView

const primitives: { [type: string]: string } = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
}

const isLiteral = (value: Json): boolean => typeof value !== 'object' || value === null

/** The TypeScript union of a schema without objects and lists; undefined when it has them. */
function unionOf(view: SchemaView, look: Look): string | undefined {
  // Generators give keywords of objects a meaning for other types too.
  const isObjectLike = view.open || view.rests.length > 0 || view.required.size > 0
  if (view.opaque.size > 0 || isObjectLike) return undefined
  if (view.values)
    return [...view.values.values()].every(isLiteral)
      ? [...view.values.keys()].join(' | ')
      : undefined
  if (view.types) {
    const names = [...view.types].map((type) => primitives[type])
    return names.includes(undefined) ? undefined : [...new Set(names)].join(' | ')
  }
  const [union, ...others] = view.unions
  if (!union || others.length > 0 || view.properties.size > 0) return undefined
  const members = union.members.map((member) => unionOf(look([member]), look))
  return members.includes(undefined) ? undefined : members.join(' | ')
}

/** Null removed, when something else is left. */
const single = (view: SchemaView): string | undefined => {
  const types = [...(view.types ?? [])].filter((type) => type !== 'null')
  return types.length === 1 && view.unions.length === 0 ? types[0] : undefined
}

const acceptsNull = (view: SchemaView): boolean => view.types?.has('null') ?? false

export interface ConsumerCode {
  /** An expression of a value, with every property or with the required ones. */
  write(conjunction: Conjunction, full: boolean): string
  /** Statements that read everything that an expression of this schema promises. */
  read(conjunction: Conjunction, expression: string, optional?: boolean): string[]
}

/** Writes TypeScript as a consumer of one document would. */
export function createConsumerCode(look: Look): ConsumerCode {
  function write(conjunction: Conjunction, full: boolean, depth: number): string {
    const view = look(conjunction)
    const union = unionOf(view, look)
    if (union) return `a<${union}>()`
    const type = single(view)
    if (depth > maxDepth || view.opaque.size > 0) return 'a<never>()'
    if (type === 'array') return `[${write(view.items, full, depth + 1)}]`
    if (type !== 'object' || view.rests.length > 0 || view.open) return 'a<never>()'
    const names = [...view.properties.keys()].filter((name) => full || view.required.has(name))
    const members = names.map(
      (name) => `${quote(name)}: ${write(view.properties.get(name)!, full, depth + 1)}`,
    )
    return members.length > 0 ? `{ ${members.join(', ')} }` : '{}'
  }

  function read(conjunction: Conjunction, at: string, optional: boolean, depth: number): string[] {
    const view = look(conjunction)
    const missing = optional ? ' | undefined' : ''
    const union = unionOf(view, look)
    if (union) {
      const values = [...(view.values ?? []).keys()]
      return [
        `use<${union}${missing}>(${at})`,
        ...values.filter((text) => text !== 'null').map((text) => `void (${at} === ${text})`),
        ...(view.types?.has('string') && !view.values ? [`void (${at} === "any text")`] : []),
      ]
    }
    if (!view.types && view.unions.length === 0 && view.opaque.size === 0)
      return [`void (${at} as string[])`, `void (${at} as number)`]
    const type = single(view)
    if (type !== 'array' && type !== 'object') return []
    if (depth > maxDepth || view.opaque.size > 0) return []
    const none = `${acceptsNull(view) ? ' | null' : ''}${missing}`
    const there = none ? `${at}!` : at
    if (type === 'array')
      return [
        `use<readonly unknown[]${none}>(${at})`,
        ...read(view.items, `${there}[0]!`, false, depth + 1),
      ]
    return [
      `use<object${none}>(${at})`,
      ...[...view.properties].flatMap(([name, property]) =>
        read(property, `${there}[${quote(name)}]`, !view.required.has(name), depth + 1),
      ),
    ]
  }

  return {
    write: (conjunction, full) => write(conjunction, full, 0),
    read: (conjunction, expression, optional = false) => read(conjunction, expression, optional, 0),
  }
}

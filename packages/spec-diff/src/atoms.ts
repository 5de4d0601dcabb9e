import ts from 'typescript'

const { TypeFlags } = ts

/** The members of a union, sorted by what they are; `undefined` is left out. */
export interface Atoms {
  unknown: boolean
  null: boolean
  /** `string`, `number`, `boolean`, `bigint`. */
  primitives: string[]
  /** Literal types as written: `"low"`, `7`, `true`. */
  literals: string[]
  /** Arrays, tuples and objects. */
  objects: ts.Type[]
  /** The literals of one primitive. */
  literalsOf(primitive: string): string[]
  /** Whether a primitive here holds the literal. */
  covers(literal: string): boolean
}

const primitiveOf = (literal: string): string =>
  literal.startsWith('"') ? 'string' : /^(true|false)$/.test(literal) ? 'boolean' : 'number'

/** The type of an optional member when it is there; `undefined` may remain in a wider union. */
export function presentType(type: ts.Type): ts.Type {
  if (!type.isUnion()) return type
  const rest = type.types.filter(({ flags }) => !(flags & TypeFlags.Undefined))
  return rest.length === 1 ? rest[0]! : type
}

/** Takes a type apart into the values it can have. */
export function atomsOf(checker: ts.TypeChecker, type: ts.Type): Atoms {
  const members = type.isUnion() ? type.types : [type]
  const primitives: string[] = []
  const literals: string[] = []
  const objects: ts.Type[] = []
  for (const member of members) {
    if (member.flags & (TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Never)) continue
    if (
      member.flags &
      (TypeFlags.StringLiteral | TypeFlags.NumberLiteral | TypeFlags.BooleanLiteral)
    )
      literals.push(checker.typeToString(member, undefined, ts.TypeFormatFlags.NoTruncation))
    else if (member.flags & (TypeFlags.Object | TypeFlags.Intersection)) objects.push(member)
    else primitives.push(checker.typeToString(member))
  }
  // The checker keeps `boolean` as its two literals.
  if (literals.includes('true') && literals.includes('false')) {
    primitives.push('boolean')
    literals.splice(0, literals.length, ...literals.filter((name) => !/^(true|false)$/.test(name)))
  }
  return {
    unknown: members.some(({ flags }) => (flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0),
    null: members.some(({ flags }) => (flags & TypeFlags.Null) !== 0),
    primitives,
    literals,
    objects,
    literalsOf: (primitive) => literals.filter((name) => primitiveOf(name) === primitive),
    covers: (literal) => primitives.includes(primitiveOf(literal)),
  }
}

interface Pairing {
  pairs: [ts.Type, ts.Type][]
  removed: ts.Type[]
  added: ts.Type[]
}

/**
 * Pairs the object members of two unions: equal ones first, then those with the same literal
 * in a property, then those that share the most names. Arrays pair with arrays only.
 */
export function pairObjects(
  checker: ts.TypeChecker,
  before: readonly ts.Type[],
  after: readonly ts.Type[],
): Pairing {
  const shape = (type: ts.Type): string =>
    checker.isArrayType(type) ? 'array' : checker.isTupleType(type) ? 'tuple' : 'object'
  if (before.length === 1 && after.length === 1 && shape(before[0]!) === shape(after[0]!))
    return { pairs: [[before[0]!, after[0]!]], removed: [], added: [] }

  const equal = (a: ts.Type, b: ts.Type): boolean =>
    checker.isTypeAssignableTo(a, b) && checker.isTypeAssignableTo(b, a)
  const shared = (a: ts.Type, b: ts.Type): number => {
    if (shape(a) !== shape(b)) return -1
    if (shape(a) !== 'object') return 1
    let score = 0
    for (const symbol of checker.getPropertiesOfType(a)) {
      const match = checker.getPropertyOfType(b, symbol.name)
      if (!match) continue
      score += 1
      // A member's own word (`type: 'card'`) says which it is, whatever else it gains or loses.
      const [word, same] = [symbol, match].map((one) => checker.getTypeOfSymbol(one))
      if (word!.isLiteral() && word === same) score += 100
    }
    return score
  }
  const pairs: [ts.Type, ts.Type][] = []
  const removed = [...before]
  const added = [...after]
  const take = (a: ts.Type, b: ts.Type): void => {
    pairs.push([a, b])
    removed.splice(removed.indexOf(a), 1)
    added.splice(added.indexOf(b), 1)
  }
  for (const a of before) {
    const b = added.find((candidate) => equal(a, candidate))
    if (b) take(a, b)
  }
  for (const a of before.filter((type) => removed.includes(type))) {
    const [b] = added.filter((c) => shared(a, c) > 0).sort((x, y) => shared(a, y) - shared(a, x))
    if (b) take(a, b)
  }
  return { pairs, removed, added }
}

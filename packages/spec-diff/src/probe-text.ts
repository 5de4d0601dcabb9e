import ts from 'typescript'
import { atomsOf } from './atoms.ts'

const { TypeFlags } = ts
const quote = JSON.stringify
/** Deeper than this, a shared type has been probed elsewhere. */
const maxDepth = 8

export interface ProbeText {
  /** A value of the type written out, with every member or with the required ones. */
  literal(type: ts.Type, full: boolean): string
  /** Values that together write out every member of every union. */
  literals(type: ts.Type): string[]
  /** Statements that read everything the type promises about an expression. */
  reads(type: ts.Type, expression: string): string[]
  /** Statements that assign to what the type lets be assigned. */
  writes(type: ts.Type, expression: string): string[]
  /** The whole type written out. */
  shape(type: ts.Type): string
  /** Whether the type was written out or read. */
  met(type: ts.Type): boolean
}

/** Writes expressions and statements for types, in words of the types themselves. */
export function createProbeText(checker: ts.TypeChecker): ProbeText {
  const met = new Set<ts.Type>()
  const meet = (type: ts.Type): void => {
    const whole = checker.getNonNullableType(type)
    met.add(whole)
    if (whole.isIntersection()) for (const part of whole.types) met.add(part)
  }
  const elements = (type: ts.Type): readonly ts.Type[] =>
    checker.getTypeArguments(type as ts.TypeReference)
  const index = (type: ts.Type): ts.Type | undefined => {
    const value = checker.getIndexTypeOfType(type, ts.IndexKind.String)
    return value && value.flags & TypeFlags.Never ? undefined : value
  }
  const isList = (type: ts.Type): boolean => checker.isArrayType(type) || checker.isTupleType(type)

  /** The part of a union that is no object, as TypeScript. */
  function flat(type: ts.Type): string {
    const atoms = atomsOf(checker, type)
    return [...atoms.primitives, ...atoms.literals, ...(atoms.null ? ['null'] : [])].join(' | ')
  }

  /** The whole type written out; a type inside itself becomes `any`. */
  function shape(type: ts.Type, stack: readonly ts.Type[] = []): string {
    const atoms = atomsOf(checker, type)
    if (atoms.unknown) return 'unknown'
    if (stack.includes(type) || stack.length > maxDepth) return 'any'
    const inner = [...stack, type]
    const objects = atoms.objects.map((object) => {
      if (checker.isArrayType(object)) return `readonly (${shape(elements(object)[0]!, inner)})[]`
      if (checker.isTupleType(object))
        return `readonly [${elements(object)
          .map((one) => shape(one, inner))
          .join(', ')}]`
      const own = checker
        .getPropertiesOfType(object)
        .map(
          (symbol) =>
            `readonly ${quote(symbol.name)}${isOptional(symbol) ? '?' : ''}: ${shape(checker.getTypeOfSymbol(symbol), inner)}`,
        )
      const rest = index(object)
      return `{ ${[...own, ...(rest ? [`readonly [key: string]: ${shape(rest, inner)}`] : [])].join('; ')} }`
    })
    return [flat(type), ...objects].filter(Boolean).join(' | ') || 'never'
  }

  /** All ways to write a value; the first one serves where one is enough. */
  function ways(type: ts.Type, full: boolean, stack: readonly ts.Type[]): string[] {
    meet(type)
    const atoms = atomsOf(checker, type)
    if (atoms.unknown) return ['a<unknown>()']
    if (stack.includes(type) || stack.length > maxDepth) return ['a<never>()']
    const inner = [...stack, type]
    const objects = atoms.objects.flatMap((object) => {
      if (isList(object)) {
        const items = elements(object).map((one) => ways(one, full, inner))
        return alternatives(items).map((item) => `[${item.join(', ')}]`)
      }
      meet(object)
      const symbols = checker
        .getPropertiesOfType(object)
        .filter((symbol) => full || !isOptional(symbol))
      const rest = index(object)
      const names = [
        ...symbols.map(({ name }) => quote(name)),
        ...(rest && full ? ['"any key"'] : []),
      ]
      const values = [
        ...symbols.map((symbol) => ways(checker.getTypeOfSymbol(symbol), full, inner)),
        ...(rest && full ? [ways(rest, full, inner)] : []),
      ]
      return alternatives(values).map((row) =>
        `{ ${row.map((value, i) => `${names[i]}: ${value}`).join(', ')} }`.replace('{  }', '{}'),
      )
    })
    const plain = flat(type)
    return [...(plain ? [`a<${plain}>()`] : []), ...objects]
      .slice(0, 40)
      .concat(plain || objects.length > 0 ? [] : ['a<never>()'])
  }

  function reads(type: ts.Type, at: string, stack: readonly ts.Type[]): string[] {
    meet(type)
    const atoms = atomsOf(checker, type)
    if (atoms.unknown)
      return [`void (${at} as string[])`, `void (${at} as number)`, `void (${at} as { probe: 1 })`]
    if (stack.includes(type) || stack.length > maxDepth) return []
    const optional = type.isUnion() && type.types.some(({ flags }) => flags & TypeFlags.Undefined)
    const none = [...(optional ? ['undefined'] : []), ...(atoms.null ? ['null'] : [])]
    const lines: string[] = []
    const plain = [...atoms.primitives, ...atoms.literals]
    if (atoms.objects.length === 0)
      lines.push(`use<${[...plain, ...none].join(' | ') || 'never'}>(${at})`)
    else if (atoms.objects.length + plain.length > 1)
      lines.push(`use<${[shape(type), ...none].join(' | ')}>(${at})`)
    else
      lines.push(
        `use<${[isList(atoms.objects[0]!) ? 'readonly unknown[]' : 'object', ...none].join(' | ')}>(${at})`,
      )
    for (const literal of atoms.literals) lines.push(`void (${at} === ${literal})`)
    // Whoever gets any text compares it with a text of theirs.
    if (atoms.primitives.includes('string')) lines.push(`void (${at} === "any text")`)
    if (atoms.primitives.includes('number')) lines.push(`void (${at} === 4321)`)
    if (atoms.primitives.length > 1)
      for (const name of atoms.primitives)
        lines.push(
          `{ const one = ${at}; if (typeof one === ${quote(name)}) one.${{ string: 'charAt(0)', number: 'toFixed()' }[name] ?? 'valueOf()'} }`,
        )
    const inner = [...stack, type]
    const there = none.length > 0 ? `${at}!` : at
    if (atoms.objects.length === 1 && plain.length === 0)
      return [...lines, ...readObject(atoms.objects[0]!, there, inner)]
    // In a union, what only some members have is read after asking for it.
    const plainObjects = atoms.objects.filter((object) => !isList(object))
    for (const object of plainObjects) {
      meet(object)
      for (const symbol of checker.getPropertiesOfType(object)) {
        const everywhere =
          plain.length === 0 &&
          atoms.objects.every((one) => checker.getPropertyOfType(one, symbol.name))
        const value = checker.getTypeOfSymbol(symbol)
        if (everywhere)
          for (const literal of atomsOf(checker, value).literals)
            lines.push(`void (${there}[${quote(symbol.name)}] === ${literal})`)
        else
          lines.push(
            `{ const one = ${there}; if (typeof one === "object" && one !== null && ${quote(symbol.name)} in one) use<any>(one[${quote(symbol.name)}]) }`,
          )
      }
    }
    return lines
  }

  function readObject(object: ts.Type, at: string, stack: readonly ts.Type[]): string[] {
    if (isList(object))
      return elements(object).flatMap((one, i) =>
        reads(one, `${at}[${checker.isTupleType(object) ? i : 0}]!`, stack),
      )
    meet(object)
    const rest = index(object)
    return [
      ...checker
        .getPropertiesOfType(object)
        .flatMap((symbol) =>
          reads(checker.getTypeOfSymbol(symbol), `${at}[${quote(symbol.name)}]`, stack),
        ),
      ...(rest ? reads(rest, `${at}["any key"]`, stack) : []),
    ]
  }

  function writes(type: ts.Type, at: string, stack: readonly ts.Type[]): string[] {
    const [object, ...others] = atomsOf(checker, type).objects
    if (!object || others.length > 0 || stack.includes(type) || stack.length > maxDepth) return []
    const inner = [...stack, type]
    if (isList(object)) return elements(object).flatMap((one) => writes(one, `${at}![0]!`, inner))
    return checker.getPropertiesOfType(object).flatMap((symbol) => {
      const place = `${at}![${quote(symbol.name)}]`
      const fixed = (symbol.declarations ?? []).some(
        (node) => ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly,
      )
      const deeper = writes(checker.getTypeOfSymbol(symbol), place, inner)
      return fixed ? deeper : [`${place} = ${place}`].concat(deeper)
    })
  }

  return {
    literal: (type, full) => ways(type, full, [])[0]!,
    literals: (type) => ways(type, true, []),
    reads: (type, expression) => reads(type, expression, []),
    writes: (type, expression) => writes(type, expression, []),
    shape: (type) => shape(type),
    met: (type) => met.has(checker.getNonNullableType(type)),
  }
}

/** The first choice of every column, then each other choice once. */
function alternatives(columns: readonly string[][]): string[][] {
  const first = columns.map(([choice]) => choice!)
  return [
    first,
    ...columns.flatMap((choices, i) => choices.slice(1).map((choice) => first.with(i, choice))),
  ]
}

const isOptional = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Optional) !== 0

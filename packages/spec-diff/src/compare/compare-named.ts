import { namesOf } from '../document/node.ts'
import { createEdit, within, type Edit } from './edit.ts'

/** Edits for a member that only one side has: their kind, or what makes them. */
type OneSided<Value> = string | ((value: Value, name: string) => Edit[])

interface NamedComparison<Value> {
  /** Where a member is, below what has it. */
  at?(name: string): string
  added: OneSided<Value>
  removed: OneSided<Value>
  both(before: Value, after: Value, name: string): Edit[]
}

/** Compares the members of two maps by name. */
export function compareNamed<Value>(
  old: ReadonlyMap<string, Value>,
  next: ReadonlyMap<string, Value>,
  { at = (name) => ` ${name}`, added, removed, both }: NamedComparison<Value>,
): Edit[] {
  const one = (make: OneSided<Value>, value: Value, name: string): Edit[] =>
    typeof make === 'string' ? [createEdit(make, '')] : make(value, name)
  return [...namesOf(old, next)].flatMap((name) => {
    const [before, after] = [old.get(name), next.get(name)]
    if (before === undefined) return within(at(name), one(added, after!, name))
    if (after === undefined) return within(at(name), one(removed, before, name))
    return within(at(name), both(before, after, name))
  })
}

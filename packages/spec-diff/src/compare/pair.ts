import type { Json, SpecDocument } from '@cekura-kit/spec'
import type { Node } from '../document/node.ts'
import type { Conjunction, SchemaView } from '../document/schema-view.ts'
import type { Direction, Edit } from './edit.ts'

/** The same schemas of two documents, as many of them as are asked about. */
export interface SchemaComparison {
  /**
   * What differs between two conjunctions, for one direction. Of a component, only as many edits as
   * a reader of one use needs; `compareAll` has the others.
   */
  compare(before: Conjunction, after: Conjunction, direction: Direction): Edit[]
  compareAll(before: Conjunction, after: Conjunction, direction: Direction): Edit[]
  before(conjunction: Conjunction): SchemaView
  after(conjunction: Conjunction): SchemaView
  documents: readonly [before: SpecDocument, after: SpecDocument]
  /** The objects that two values are or refer to. */
  nodesAt(before: Json | undefined, after: Json | undefined): [before: Node, after: Node]
  /** Directions in which component schemas were compared, by name. */
  met: ReadonlyMap<string, ReadonlySet<Direction>>
}

/** One pair of schemas while it is compared. */
export interface Pair {
  a: SchemaView
  b: SchemaView
  direction: Direction
  schemas: SchemaComparison
  add(change: string, path?: string, before?: string, after?: string): void
  include(path: string, edits: readonly Edit[]): void
}

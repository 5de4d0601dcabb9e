export { diffSpecs, type SpecDiff } from './diff.ts'
export { readDocument } from './document/read-document.ts'
export { bumps, maxBump, type Bump } from './policy/bump.ts'
export type { Change } from './policy/classify.ts'

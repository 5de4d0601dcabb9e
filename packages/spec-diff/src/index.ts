export { bumps, maxBump, type Bump, type Change } from './change.ts'
export { createContract, diffContracts, type Contract, type SpecDiff } from './diff-specs.ts'
export { policy, type ChangeKind } from './policy.ts'
export { readDocument } from './read-document.ts'

export { findCounterexample, type Located } from './counterexample.ts'
export { breakingCases, documentOf, safeCases, type EditCase } from './edit-cases.ts'
export { goldenPairs, type GoldenPair } from './golden-pairs.ts'

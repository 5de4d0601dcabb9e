export {
  bundleSpec,
  specFile,
  type BundledSpec,
  type Json,
  type SpecDocument,
} from './bundle-spec.ts'
export { checkSpec, specDialect, type SpecProblem } from './check-spec.ts'
export { parseText } from './parse-text.ts'
export { resolveRef, listOperations, type Operation, type Parameter } from './operations.ts'
export { SpecError } from './spec-error.ts'
export { createSchemaJudge } from './schema-judge.ts'

export {
  bundleSpec,
  specFile,
  type BundledSpec,
  type Json,
  type SpecDocument,
} from './bundle-spec.ts'
export { checkSpec, specDialect, type SpecProblem } from './check-spec.ts'
export { parseText } from './parse-text.ts'
export {
  jsonSchemaOf,
  listOperations,
  resolveRef,
  responseOf,
  type Operation,
  type Parameter,
} from './operations.ts'
export { SpecError } from './spec-error.ts'
export { createSchemaValidator } from './schema-validator.ts'

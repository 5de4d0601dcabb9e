// What works on a bundled document without files: also for browsers.
export type { Json, SpecDocument } from './bundle-spec.ts'
export {
  jsonSchemaOf,
  listOperations,
  resolveRef,
  responseOf,
  type Operation,
  type Parameter,
} from './operations.ts'
export { createSchemaValidator } from './schema-validator.ts'

import type { Json, SpecDocument } from '@cekura-kit/spec'
import { sample } from '@stoplight/json-schema-sampler'

/**
 * A value that a schema allows: its own example, default or enum value if it has one, otherwise
 * generated. Objects get their required properties only. A schema with a `pattern` needs an example.
 */
export const sampleValue = (document: SpecDocument, schema: Json | undefined): Json =>
  schema === undefined
    ? null
    : (sample(schema as object, { skipNonRequired: true }, document) as Json)

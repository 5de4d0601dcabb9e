import type { Json } from '@cekura-kit/spec'
import type { Kind } from './places.ts'

interface Values {
  [keyword: string]: readonly Json[]
}

const anyValue: Values = { unknownKeyword: [true], description: ['Changed.'] }
const style: Values = {
  style: ['simple', 'label', 'matrix', 'form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  explode: [true, false],
}
const text: Json = { type: 'string' }
const requiresName: Json = { required: ['name'] }

/** Keywords that limit values of one type, and a value that limits something. */
const bounds = {
  string: { minLength: [1], maxLength: [200], pattern: ['^[A-Za-z0-9_.-]*$'] },
  number: {
    minimum: [0, 1],
    maximum: [1_000_000],
    exclusiveMinimum: [0],
    exclusiveMaximum: [1_000_000],
    multipleOf: [10],
  },
  array: {
    minItems: [1],
    maxItems: [25],
    uniqueItems: [true],
    contains: [text],
    minContains: [2],
    maxContains: [1],
    prefixItems: [[text]],
    unevaluatedItems: [false],
  },
  object: {
    required: [['name']],
    minProperties: [1],
    maxProperties: [1],
    additionalProperties: [true, false, {}, text],
    unevaluatedProperties: [false],
    patternProperties: [{ '^x': { type: 'integer' } }],
    propertyNames: [{ maxLength: 5 }],
    dependentRequired: [{ name: ['id'] }],
    dependentSchemas: [{ name: requiresName }],
  },
} satisfies { [type: string]: Values }

/** The type of value that a keyword limits; undefined when it applies to all. */
export const typeOfBound = (keyword: string): string | undefined =>
  Object.entries(bounds).find(([, values]) => keyword in values)?.[0]

/** Values to give each keyword of an object, whether it is there or not. */
export const keywordValues: { [kind in Kind]: Values } = {
  document: {
    openapi: ['3.0.3', '3.2.0'],
    jsonSchemaDialect: ['https://spec.openapis.org/oas/3.1/dialect/base'],
    security: [[], [{}]],
    servers: [[{ url: 'https://api.example.com' }]],
    unknownKeyword: [true],
  },
  components: {},
  pathItem: { ...anyValue, servers: [[{ url: 'https://api.example.com' }]] },
  operation: {
    ...anyValue,
    operationId: ['renamed'],
    deprecated: [true],
    security: [[], [{}]],
    servers: [[{ url: 'https://api.example.com' }]],
    requestBody: [{ content: { 'application/json': { schema: text } } }],
    tags: [['Other']],
  },
  parameter: {
    ...anyValue,
    ...style,
    name: ['renamed'],
    in: ['query', 'header', 'cookie', 'path'],
    required: [true, false],
    deprecated: [true],
    allowEmptyValue: [true],
    allowReserved: [true],
    schema: [text],
    example: [['unexpected']],
  },
  requestBody: { ...anyValue, required: [true, false] },
  response: { ...anyValue, content: [{ 'application/json': { schema: text } }] },
  header: {
    ...anyValue,
    ...style,
    required: [true, false],
    deprecated: [true],
    schema: [text],
    example: [31],
  },
  mediaType: { ...anyValue, schema: [{}, text] },
  encoding: { ...anyValue, ...style, contentType: ['text/plain'] },
  callback: {},
  securityScheme: {
    ...anyValue,
    name: ['X-OTHER-KEY'],
    in: ['query', 'header', 'cookie'],
    scheme: ['basic', 'bearer'],
  },
  server: { ...anyValue, url: ['https://api.example.com'] },
  example: { value: [7, { unexpected: 'x' }] },
  schema: {
    ...anyValue,
    ...bounds.string,
    ...bounds.number,
    ...bounds.array,
    ...bounds.object,
    format: ['date-time', 'date', 'uri', 'uri-reference', 'uuid', 'email', 'byte', 'int32'],
    enum: [['success', 'failure']],
    const: ['success'],
    default: ['success'],
    contentEncoding: ['base64'],
    items: [text, {}],
    allOf: [[requiresName], [text]],
    anyOf: [
      [requiresName, { required: ['id'] }],
      [text, { type: 'integer' }],
    ],
    oneOf: [[requiresName, { required: ['id'] }]],
    not: [requiresName],
    if: [requiresName],
    nullable: [true],
    readOnly: [true],
    writeOnly: [true],
    deprecated: [true],
  },
}

/** An object to add where a map or a list of them can take one more, by name. */
export const addedEntries: { [kind in Kind]?: { [name: string]: Json } } = {
  pathItem: {
    '/added': { get: { operationId: 'added', responses: { 204: { description: 'Added.' } } } },
  },
  parameter: {
    optional: { name: 'added', in: 'query', schema: { type: 'integer' } },
    required: { name: 'added', in: 'query', required: true, schema: { type: 'integer' } },
  },
  response: Object.fromEntries(
    ['202', '204', '418', '503', '4XX', '5XX', 'default'].map((status) => [
      status,
      { description: 'Added.' },
    ]),
  ),
  header: { 'X-Added': { schema: { type: 'integer' } } },
  mediaType: { 'text/plain': { schema: text } },
  example: { added: { value: 'added' } },
  schema: { added: text },
}

/** JSON type of a parameter or of its items. */
export type ParameterType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object'

/** What a client needs to check and send one parameter. */
export interface ParameterDescriptor {
  readonly in: 'path' | 'query' | 'header'
  /** Undefined when the document allows several types. */
  readonly type?: ParameterType
  readonly required?: true
  /** The value may be null. */
  readonly nullable?: true
  /** A string that holds an RFC 3339 date-time. */
  readonly format?: 'date-time'
  /** A string that holds a comma-separated list of such items. */
  readonly commaSeparated?: 'integer' | 'string'
  /** Type of the items of an array. */
  readonly items?: ParameterType
  readonly minimum?: number
  readonly maximum?: number
  /** OpenAPI serialization; `form` in a query and `simple` elsewhere by default. */
  readonly style?: string
  /** OpenAPI serialization; true for `form` and false otherwise by default. */
  readonly explode?: boolean
}

/** What a client needs to call one operation. */
export interface OperationDescriptor {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'TRACE'
  /** Path template, such as `/observability/v1/call-logs/{id}/`. */
  readonly path: string
  readonly parameters: { readonly [name: string]: ParameterDescriptor }
  /** Whether a JSON body must or may be sent; undefined without a body. */
  readonly body?: 'required' | 'optional'
  /** How a successful response is read. */
  readonly returns: 'json' | 'text' | 'bytes' | 'nothing'
  /** A successful response may also be empty (204). */
  readonly mayBeEmpty?: true
  /** The response is one page of a list, selected by the query parameter `page`. */
  readonly paginated?: true
  /** The request needs something that only `client.raw` can send, such as another media type. */
  readonly rawOnly?: true
}

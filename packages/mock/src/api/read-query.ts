import type { CallLogsListQuery, FieldErrors } from '@cekura-kit/types'
import { parseDateTime } from '../validate-input.ts'
import type { Assumptions } from './assumptions.ts'
import type { RequestRules } from './request-rules.ts'

/** A response that is not a success. */
export class ErrorReply extends Error {
  readonly status: number
  readonly body: object
  readonly headers: readonly string[]

  constructor(status: number, body: object, headers: readonly string[] = []) {
    super()
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** The rows of a page. */
export interface Paging {
  page: number
  size: number
}

/** Reads the query of a request, and collects what is wrong with it. */
export interface QueryReader {
  /** Text of a parameter; undefined if it is absent or blank. */
  text(name: string): string | undefined
  integer(name: string): number | undefined
  /** Milliseconds since 1970. */
  time(name: string): number | undefined
  paging(): Paging
  addError(name: string, message: string): void
  /** @throws {ErrorReply} if a parameter is invalid */
  finish(): void
}

/** Parameters whose validation follows assumptions. The document alone decides about all others. */
const assumed: ReadonlySet<string> = new Set<keyof CallLogsListQuery & string>([
  'page',
  'page_size',
  'timestamp_from',
  'timestamp_to',
])

export const throwInvalidPage = (): never => {
  throw new ErrorReply(404, { detail: 'Invalid page.' })
}

/** Django's `int()` takes decimal digits only. */
const positiveInteger = (text: string): number | undefined =>
  /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : undefined

/** @param query each name once */
export function createQueryReader(
  query: URLSearchParams,
  { assumptions, rules }: { assumptions: Assumptions; rules: RequestRules },
): QueryReader {
  const errors: FieldErrors = rules.checkQuery(query, assumed)
  let isMissingPage = false
  if (assumptions.unknownParameter === 'rejected')
    for (const name of query.keys())
      if (!rules.names.has(name)) errors[name] = ['Unknown parameter.']
  const read = (name: string): string | undefined =>
    rules.names.has(name) ? (query.get(name) ?? undefined) : undefined
  const addError = (name: string, message: string): void => void (errors[name] = [message])

  function text(name: string): string | undefined {
    const found = read(name)
    if (found === '' && assumptions.blankFilter === 'rejected')
      addError(name, 'This field may not be blank.')
    return found === '' ? undefined : found
  }
  function pageSize(): number {
    const { pageSize: byDefault, maxPageSize, badPageSize, largePageSize } = assumptions
    const found = read('page_size')
    if (found === undefined) return byDefault
    const size = positiveInteger(found)
    if (size === undefined && badPageSize === 'rejected')
      addError('page_size', 'A positive integer is required.')
    if (size !== undefined && size > maxPageSize && largePageSize === 'rejected')
      addError('page_size', `The maximum is ${maxPageSize}.`)
    return Math.min(size ?? byDefault, maxPageSize)
  }

  return {
    text,
    addError,
    integer(name) {
      const found = text(name)
      return found === undefined ? undefined : Number(found)
    },
    time(name) {
      const found = read(name)
      if (found === undefined) return undefined
      const isZoned =
        assumptions.zonelessTime === 'rejected' || /(?:[Zz]|[+-]\d\d:\d\d)$/.test(found)
      const time = parseDateTime(isZoned ? found : `${found}Z`)
      if (time === undefined) addError(name, 'Datetime has wrong format.')
      return time
    },
    paging() {
      const page = positiveInteger(read('page') ?? '1')
      if (page === undefined && assumptions.badPage === 400)
        addError('page', 'A positive integer is required.')
      isMissingPage = page === undefined
      return { page: page ?? 1, size: pageSize() }
    },
    finish() {
      if (Object.keys(errors).length > 0) throw new ErrorReply(400, errors)
      if (isMissingPage) throwInvalidPage()
    },
  }
}

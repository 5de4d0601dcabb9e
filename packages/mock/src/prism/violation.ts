/** One thing that Prism found wrong with a response. */
export interface Finding {
  /** Path into the response, such as `response.body.results.0.id`; empty if Prism gives none. */
  location: string
  message: string
  /** `warning` for a status that the document does not have, from 400 on. */
  severity: 'error' | 'warning'
}

/** The request whose response was validated. */
export interface ValidatedRequest {
  method: string
  /** Path template of the operation. */
  path: string
  /** Names of the query parameters, without their values. */
  query: readonly string[]
  status: number
  /** Position among all requests of the mock, from 1. */
  number: number
}

/** A response that does not match the document, with its request. */
export interface Violation extends ValidatedRequest, Finding {}

/** A response that could not be validated. It says nothing about the response. */
export interface Unchecked extends ValidatedRequest {
  reason: string
}

/** One line for people: the request, then what is wrong with its response. */
export const formatViolation = ({ location, message, ...request }: Violation): string =>
  `${formatRequest(request)}: ${location && `${location}: `}${message}`

export const formatUnchecked = ({ reason, ...request }: Unchecked): string =>
  `${formatRequest(request)}: not validated: ${reason}`

const formatRequest = ({ method, path, query, status, number }: ValidatedRequest): string =>
  `request ${number}: ${method} ${path}${query.length > 0 ? `?${query.join('&')}` : ''} → ${status}`

/** The `sl-violations` header of Prism's own response, without what concerns the request. */
export function parseFindings(header: string): Finding[] {
  try {
    const found = JSON.parse(header) as {
      location?: string[]
      message?: string
      severity?: string
    }[]
    return found
      .filter(({ location }) => location?.[0] !== 'request')
      .map(({ location = [], message = '', severity }) => ({
        location: location.join('.'),
        message,
        severity: severity === 'Warning' ? 'warning' : 'error',
      }))
  } catch {
    // Above 8 kB Prism cuts the header, so it is not JSON.
    return [{ location: '', message: 'more violations than fit the header', severity: 'error' }]
  }
}

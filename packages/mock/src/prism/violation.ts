/** One thing that Prism found wrong with an answer. */
export interface Violation {
  /** Where, as a path into the answer; empty when Prism does not say. */
  location: string
  message: string
}

/** The `sl-violations` header of an answer; what is about the request is left out. */
export function parseViolations(header: string): Violation[] {
  try {
    const found = JSON.parse(header) as { location?: string[]; message?: string }[]
    return found
      .filter(({ location }) => location?.[0] !== 'request')
      .map(({ location = [], message = '' }) => ({ location: location.join('.'), message }))
  } catch {
    // Past 8 kB Prism cuts the header, and it is no JSON any more.
    return [{ location: '', message: 'more violations than the header holds' }]
  }
}

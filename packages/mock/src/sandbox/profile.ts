/** What the service does where its documentation is silent. Each line is a guess. */
export interface Guesses {
  order: 'newest-first' | 'oldest-first'
  /** Calls at the very instant of `timestamp_to`; those of `timestamp_from` are in the range. */
  endOfRange: 'included' | 'excluded'
  /** Offset of an instant without one. */
  zonelessTime: 'refused' | 'utc'
  /** Calls per page when none is asked for. */
  pageSize: number
  maxPageSize: number
  /** A `page_size` over the maximum. */
  largePageSize: 'cut' | 'refused'
  /** A `page_size` of 0, -1 or `abc`. */
  badPageSize: 'default' | 'refused'
  /** Status for a `page` of 0, -1 or `abc`. */
  badPage: 400 | 404
  pagePastTheEnd: 404 | 'empty'
  /** Status without a key. */
  missingKey: 401 | 403
  /** An agent that the key's account does not have. */
  unknownAgent: 'empty' | 403 | 404
  /** `call_ids=` and `assistant_id=`. */
  blankFilter: 'refused' | 'ignored'
  unknownParameter: 'ignored' | 'refused'
  /** How many days back a list without `timestamp_from` reaches; null for all. */
  defaultDays: number | null
  /** The longest range that is answered, in days; null for any. */
  maxRangeDays: number | null
  /** The path without its trailing slash. */
  withoutSlash: 404 | 301
}

const framework: Guesses = {
  order: 'newest-first',
  endOfRange: 'included',
  zonelessTime: 'refused',
  pageSize: 20,
  maxPageSize: 100,
  largePageSize: 'cut',
  badPageSize: 'default',
  badPage: 404,
  pagePastTheEnd: 404,
  missingKey: 401,
  unknownAgent: 'empty',
  blankFilter: 'refused',
  unknownParameter: 'ignored',
  defaultDays: null,
  maxRangeDays: null,
  withoutSlash: 404,
}

/**
 * Sets of guesses, by name.
 *
 * - `framework`: what Django REST framework does when nobody tells it otherwise.
 * - `published`: that, and what the vendor has published outside of the reference page.
 * - `contrary`: every guess the other way. What works with `framework` and with `contrary` relies on
 *   no guess.
 */
export const profiles = {
  framework,
  published: { ...framework, maxPageSize: 200, defaultDays: 30, maxRangeDays: 33 },
  contrary: {
    order: 'oldest-first',
    endOfRange: 'excluded',
    zonelessTime: 'utc',
    pageSize: 7,
    maxPageSize: 50,
    largePageSize: 'refused',
    badPageSize: 'refused',
    badPage: 400,
    pagePastTheEnd: 'empty',
    missingKey: 403,
    unknownAgent: 404,
    blankFilter: 'ignored',
    unknownParameter: 'refused',
    defaultDays: 30,
    maxRangeDays: 33,
    withoutSlash: 301,
  },
} as const satisfies { [name: string]: Guesses }

export type ProfileName = keyof typeof profiles

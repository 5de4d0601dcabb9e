import { MockError } from '../mock-error.ts'
import { checkFields, checkInteger } from '../validate-input.ts'

/** What the API does where its documentation is silent: the default, its opposite, other values. */
const values = {
  order: ['newest-first', 'oldest-first'],
  /** Calls exactly at `timestamp_to`; those exactly at `timestamp_from` are in the range. */
  endOfRange: ['included', 'excluded'],
  /** A time without a zone. */
  zonelessTime: ['rejected', 'utc'],
  /** Calls per page by default. */
  pageSize: [20, 7],
  maxPageSize: [100, 50],
  /** A `page_size` above the maximum. */
  largePageSize: ['capped', 'rejected'],
  /** A `page_size` of 0, -1 or `abc`. */
  badPageSize: ['default', 'rejected'],
  /** Status for a `page` of 0, -1 or `abc`. */
  badPage: [404, 400],
  /** A page past the last one. */
  pagePastTheEnd: [404, 'empty'],
  /** Whether a page has `count`. */
  count: ['present', 'absent'],
  /** Status of a request without a key. */
  missingKey: [401, 403],
  /** An agent that the account of the key does not have. */
  unknownAgent: ['empty', 404, 403],
  /** `call_ids=` and `assistant_id=`. */
  blankFilter: ['rejected', 'ignored'],
  unknownParameter: ['ignored', 'rejected'],
  /** Days that a list without `timestamp_from` covers; null for all. */
  defaultDays: [null, 30],
  /** Longest accepted time range in days; null for any. */
  maxRangeDays: [null, 33],
  /** A path without its trailing slash. */
  withoutSlash: [404, 301],
  /** When a call that was sent can be read: at once, or after a quarter of its evaluation. */
  newCall: ['at-once', 'late'],
  /** `duration` of such a call. */
  pendingDuration: ['zero', 'final'],
  /** A call with a `call_id` that another one has. */
  knownCallId: ['accepted', 'rejected'],
  /** A transcript with a role that its format does not have. */
  unknownRole: ['rejected', 'emptied'],
  /** An update with a field that the document does not have. */
  unknownField: ['rejected', 'ignored'],
  /** Whether an updated `status` also sets `success` and `is_reviewed`. */
  statusUpdate: ['decides', 'status-only'],
  /** `updated_at` on an update. */
  updatedAt: ['moves', 'stays'],
  /** `status` of a call that is evaluated once more. */
  reevaluation: ['evaluating', 'unchanged'],
  /** Its results, until there are new ones. */
  oldResults: ['kept', 'removed'],
} as const

/** Any positive number, also others than those of the profiles. */
type Sizes = 'pageSize' | 'maxPageSize'
/** The same, or null. */
type Days = 'defaultDays' | 'maxRangeDays'

/** What the API does where its documentation is silent. Each field is one assumption. */
export type Assumptions = {
  [Name in keyof typeof values]: Name extends Sizes
    ? number
    : Name extends Days
      ? number | null
      : (typeof values)[Name][number]
}

const names = Object.keys(values) as (keyof Assumptions)[]

const select = (at: 0 | 1): Assumptions =>
  Object.fromEntries(names.map((name) => [name, values[name][at]])) as unknown as Assumptions
const framework = select(0)

/**
 * Sets of assumptions, by name.
 *
 * - `framework`: the defaults of Django REST framework.
 * - `published`: that, and what the vendor states outside the reference page.
 * - `inverted`: the opposite of every assumption. Code that works with `framework` and with
 *   `inverted` depends on no assumption.
 */
export const profiles: { [name in 'framework' | 'published' | 'inverted']: Assumptions } = {
  framework,
  published: { ...framework, maxPageSize: 200, defaultDays: 30, maxRangeDays: 33 },
  inverted: select(1),
}

export type ProfileName = keyof typeof profiles

const numeric: ReadonlySet<keyof Assumptions> = new Set([
  'pageSize',
  'maxPageSize',
  'defaultDays',
  'maxRangeDays',
])

/**
 * The assumptions of a profile with some replaced.
 *
 * @throws {MockError} if the profile or a value does not exist
 */
export function readAssumptions(
  profile: ProfileName,
  changes: Partial<Assumptions> = {},
): Assumptions {
  if (!Object.hasOwn(profiles, profile))
    throw new MockError(
      `Invalid profile "${String(profile)}": expected one of ${Object.keys(profiles).join(', ')}.`,
    )
  checkFields('assumptions', changes, names)
  for (const [key, value] of Object.entries(changes)) {
    const name = key as keyof Assumptions
    if (numeric.has(name)) {
      if (!(value === null && name.endsWith('Days'))) checkInteger(name, value, 1, 1_000_000)
    } else if (!(values[name] as readonly unknown[]).includes(value))
      throw new MockError(
        `Invalid assumption ${name} ${JSON.stringify(value)}: expected one of ${values[name].join(', ')}.`,
      )
  }
  return { ...profiles[profile], ...changes }
}

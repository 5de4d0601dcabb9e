import type { Guesses } from '@cekura-kit/mock'
import type { Page } from '../layers/behaviour/paged-list.ts'
import type { Answer, Asked } from '../target.ts'

/** What a question may ask; each of it is one request, and nothing is written. */
export interface Service {
  /** The list with some of its query changed. */
  ask(change?: Change, asked?: Partial<Asked>): Promise<Answer>
  /** The page that a change gives. @throws {Untold} when it gives none */
  page(change?: Change): Promise<Page>
  /** The list as it comes by itself, asked once. */
  plain(): Promise<Page>
  /** Every answer that has come so far. */
  answers(): readonly Answer[]
  /** Whether an address leads to the host that is asked. */
  isOwn(url: string): boolean
  /** Milliseconds since 1970. */
  nowMs: number
}

export type Change = { [name: string]: string | number | undefined }

/** Why a question has no answer here; never a value of the service. */
export class Untold extends Error {}

type Told<Name extends keyof Guesses> = { text: string; guess?: Guesses[Name] }

/** A question about what the documentation leaves open. */
export interface Question {
  id: string
  title: string
  /** The answer, in words without a value of any call. */
  ask(service: Service): Promise<string>
}

/** A question whose answer is a line of a sandbox profile. */
export interface GuessQuestion<Name extends keyof Guesses = keyof Guesses> {
  title: string
  /** The guess is left out where the answer is none that the sandbox knows. */
  ask(service: Service): Promise<Told<Name>>
}

const dayMs = 86_400_000

const told = <Name extends keyof Guesses>(guess: Guesses[Name]): Told<Name> => ({
  text: String(guess ?? 'any'),
  guess,
})

/** The one status that each of some changes is answered with; otherwise all of them, in words. */
async function statuses(service: Service, changes: readonly Change[]): Promise<number | string> {
  const found: number[] = []
  for (const change of changes) found.push((await service.ask(change)).status)
  return new Set(found).size === 1 ? found[0]! : found.join(', ')
}

/** The guess that a status stands for; a status that stands for none in words. */
async function byStatus<Name extends keyof Guesses>(
  service: Service,
  changes: readonly Change[],
  guesses: { [status: number]: Guesses[Name] },
): Promise<Told<Name>> {
  const status = await statuses(service, changes)
  const guess = typeof status === 'number' ? guesses[status] : undefined
  return guess === undefined ? { text: `answered with ${status}` } : told(guess)
}

/** The largest whole number that is taken, when 1 is and `refused` is not. */
async function largestTaken(
  refused: number,
  isTaken: (value: number) => Promise<boolean>,
): Promise<number> {
  let [low, high] = [1, refused]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (await isTaken(middle)) low = middle
    else high = middle
  }
  return low
}

const isoOf = (timeMs: number): string => new Date(timeMs).toISOString()
const timeOf = (row: Page['results'][number]): number => Date.parse(String(row['timestamp']))

async function someCall(service: Service): Promise<{ id: number; text: string; timeMs: number }> {
  const { results } = await service.plain()
  const row = results[results.length >> 1]
  if (!row) throw new Untold('the agent has no calls')
  return { id: row.id, text: String(row['timestamp']), timeMs: timeOf(row) }
}

const isSorted = (values: readonly number[], sign: 1 | -1): boolean =>
  values.every((value, at) => at === 0 || (value - values[at - 1]!) * sign >= 0)

/** The last of a list without a range: the oldest call, or the newest. */
async function farthest(service: Service): Promise<Page['results'][number]> {
  const { count, results } = await service.plain()
  const [first] = results
  if (!first) throw new Untold('the agent has no calls')
  const last = Math.ceil(count / results.length)
  const page = last === 1 ? await service.plain() : await service.page({ page: last })
  return page.results.at(-1) ?? first
}

/** Whether a list with a filter that leaves one call is refused: it costs the service nothing. */
const isRefused = async (service: Service, change: Change): Promise<boolean> => {
  const { id } = await someCall(service)
  return (await service.ask({ call_ids: id, ...change })).status === 400
}

/** One question for each guess of the sandbox: their answers are a profile of the service. */
export const guessQuestions: { [Name in keyof Guesses]: GuessQuestion<Name> } = {
  order: {
    title: 'in which order do calls come',
    async ask(service) {
      const times = (await service.plain()).results.map(timeOf)
      const spread = [...times, timeOf(await farthest(service))]
      if (new Set(spread).size < 2) throw new Untold('there are no two calls at two instants')
      if (isSorted(spread, -1)) return told('newest-first')
      return isSorted(spread, 1) ? told('oldest-first') : { text: 'not by timestamp' }
    },
  },
  endOfRange: {
    title: 'is a call at the instant of timestamp_to in the range',
    async ask(service) {
      const { text, timeMs } = await someCall(service)
      const holds = (page: Page): boolean => page.results.some((row) => timeOf(row) === timeMs)
      if (holds(await service.page({ timestamp_from: text, timestamp_to: text })))
        return told('included')
      const wider = { timestamp_from: text, timestamp_to: isoOf(timeMs + 1000) }
      return holds(await service.page(wider))
        ? told('excluded')
        : { text: 'a call at the instant of timestamp_from is not in the range' }
    },
  },
  zonelessTime: {
    title: 'is an instant without a zone taken, and for which zone',
    async ask(service) {
      const { timeMs } = await someCall(service)
      const at = Math.floor(timeMs / 1000) * 1000
      const change = {
        timestamp_from: isoOf(at).slice(0, 19),
        timestamp_to: isoOf(at + 1000),
      }
      const { status } = await service.ask(change)
      if (status === 400) return told('refused')
      if (status !== 200) return { text: `answered with ${status}` }
      const { results } = await service.page(change)
      return results.some((row) => timeOf(row) === timeMs)
        ? told('utc')
        : { text: 'taken, and not for UTC' }
    },
  },
  pageSize: {
    title: 'how many calls a page has by itself',
    async ask(service) {
      const { results, next } = await service.plain()
      if (next === null) throw new Untold('all calls fit on one page')
      return told(results.length)
    },
  },
  maxPageSize: {
    title: 'how many calls a page has at most',
    async ask(service) {
      const { status } = await service.ask({ page_size: 1000 })
      if (status === 200) {
        const { results, next } = await service.page({ page_size: 1000 })
        if (next === null) throw new Untold('all calls fit on one page')
        return told(results.length)
      }
      return told(
        await largestTaken(1000, async (size) => !(await isRefused(service, { page_size: size }))),
      )
    },
  },
  largePageSize: {
    title: 'what becomes of a page_size over the maximum',
    ask: (service) => byStatus(service, [{ page_size: 1000 }], { 200: 'cut', 400: 'refused' }),
  },
  badPageSize: {
    title: 'what becomes of a page_size of 0, -1 or abc',
    ask: (service) =>
      byStatus(
        service,
        ['0', '-1', 'abc'].map((page_size) => ({ page_size })),
        { 200: 'default', 400: 'refused' },
      ),
  },
  badPage: {
    title: 'what becomes of a page of 0, -1 or abc',
    ask: (service) =>
      byStatus(
        service,
        ['0', '-1', 'abc'].map((page) => ({ page })),
        { 400: 400, 404: 404 },
      ),
  },
  pagePastTheEnd: {
    title: 'what becomes of a page past the end',
    ask: (service) => byStatus(service, [{ page: 1_000_000 }], { 404: 404, 200: 'empty' }),
  },
  missingKey: {
    title: 'the status without a key',
    async ask(service) {
      const { status } = await service.ask({}, { key: null })
      return status === 401 || status === 403 ? told(status) : { text: `answered with ${status}` }
    },
  },
  unknownAgent: {
    title: 'what becomes of an agent that nobody has',
    ask: (service) =>
      byStatus(service, [{ agent_id: 987_654_321 }], { 200: 'empty', 403: 403, 404: 404 }),
  },
  blankFilter: {
    title: 'what becomes of a blank call_ids or assistant_id',
    ask: (service) =>
      byStatus(service, [{ call_ids: '' }, { assistant_id: '' }], {
        200: 'ignored',
        400: 'refused',
      }),
  },
  unknownParameter: {
    title: 'what becomes of a parameter that nobody knows',
    ask: (service) =>
      byStatus(service, [{ contract_unknown: 1 }], { 200: 'ignored', 400: 'refused' }),
  },
  defaultDays: {
    title: 'how many days back a list without timestamp_from reaches',
    async ask(service) {
      const [first] = (await service.plain()).results
      const oldest = Math.min(
        timeOf(await farthest(service)),
        first ? timeOf(first) : service.nowMs,
      )
      const older = await service.page({
        timestamp_from: isoOf(oldest - 30 * dayMs),
        timestamp_to: isoOf(oldest - 1000),
      })
      const days = Math.ceil((service.nowMs - oldest) / dayMs)
      if (older.count > 0) return told(days)
      if (days <= 33) throw new Untold('there are no calls older than those it shows')
      return told(null)
    },
  },
  maxRangeDays: {
    title: 'how many days a range spans at most',
    async ask(service) {
      const isTaken = async (days: number): Promise<boolean> =>
        !(await isRefused(service, {
          timestamp_from: isoOf(service.nowMs - days * dayMs),
          timestamp_to: isoOf(service.nowMs),
        }))
      return told((await isTaken(400)) ? null : await largestTaken(400, isTaken))
    },
  },
  withoutSlash: {
    title: 'what becomes of the path without its slash',
    async ask(service) {
      const { status } = await service.ask({}, { path: '' })
      return status === 404 || status === 301 ? told(status) : { text: `answered with ${status}` }
    },
  },
}

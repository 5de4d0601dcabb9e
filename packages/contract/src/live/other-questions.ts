import type { Answer } from '../target.ts'
import { Untold, type Question, type Service } from './questions.ts'

const mediaTypeOf = ({ headers }: Answer): string =>
  (headers.get('content-type') ?? 'no content type').split(';')[0]!.trim()

/** What an answer is, without a word of it. */
const describe = (answer: Answer): string => `${answer.status} ${mediaTypeOf(answer)}`

/** Each case and what it is answered with. */
async function each(
  service: Service,
  cases: readonly (readonly [name: string, change: { [name: string]: string }])[],
): Promise<string> {
  const found: string[] = []
  for (const [name, change] of cases) found.push(`${name}: ${describe(await service.ask(change))}`)
  return found.join('; ')
}

/** Whether a refusal of `page_size=abc` or the like names the parameter. */
function shapeOfRefusal(text: string): string {
  try {
    const body = JSON.parse(text) as object
    return Object.keys(body).includes('detail') ? 'a detail' : 'fields and their messages'
  } catch {
    return 'no JSON'
  }
}

/** What the documentation leaves open and the sandbox has no choice of. */
export const otherQuestions: readonly Question[] = [
  {
    id: 'pages',
    title: 'what are page=last and a blank page',
    ask: (service) =>
      each(service, [
        ['last', { page: 'last' }],
        ['blank', { page: '' }],
      ]),
  },
  {
    id: 'times',
    title: 'what are a date without a time, and no date at all',
    async ask(service) {
      const [row] = (await service.plain()).results
      const day = String(row?.['timestamp'] ?? '2025-01-15').slice(0, 10)
      return each(service, [
        ['a date', { timestamp_from: day, timestamp_to: day }],
        ['blank', { timestamp_from: '' }],
        ['a word', { timestamp_from: 'yesterday' }],
      ])
    },
  },
  {
    id: 'turned-range',
    title: 'what is a range that ends before it starts',
    ask: (service) =>
      each(service, [
        [
          'turned',
          { timestamp_from: '2025-01-20T00:00:00Z', timestamp_to: '2025-01-10T00:00:00Z' },
        ],
      ]),
  },
  {
    id: 'refusal',
    title: 'what is in a refusal',
    async ask(service) {
      const answer = await service.ask({ timestamp_from: 'yesterday' })
      return answer.status === 200
        ? 'not refused'
        : `${describe(answer)}, ${shapeOfRefusal(answer.text)}`
    },
  },
  {
    id: 'keys',
    title: 'what is a made-up key, and does a refusal name the scheme',
    async ask(service) {
      const made = await service.ask({}, { key: 'contract-made-up-key' })
      const none = await service.ask({}, { key: null })
      const names = none.headers.has('www-authenticate') ? '' : 'no '
      return `made-up: ${describe(made)}; without one: ${describe(none)}, ${names}WWW-Authenticate`
    },
  },
  {
    id: 'methods',
    title: 'what is HEAD',
    async ask(service) {
      const head = await service.ask({}, { method: 'HEAD' })
      return describe(head)
    },
  },
  {
    id: 'links',
    title: 'where do links between pages lead',
    async ask(service) {
      const { next } = await service.page({ page_size: 1 })
      if (next === null) throw new Untold('the agent has no two calls')
      if (!URL.canParse(next)) return 'they are relative'
      const { protocol, searchParams } = new URL(next)
      const kept = ['agent_id', 'page_size'].every((name) => searchParams.has(name))
      const host = service.isOwn(next) ? 'the host that was asked' : 'another host'
      return `to ${host} by ${protocol.slice(0, -1)}, ${kept ? 'with' : 'without'} the rest of the query`
    },
  },
  {
    id: 'ties',
    title: 'in which order are calls of one instant',
    async ask(service) {
      const { results } = await service.page({ page_size: 100 })
      const pairs = results
        .slice(1)
        .map((row, at) => [results[at]!, row] as const)
        .filter(([one, other]) => one['timestamp'] === other['timestamp'])
      if (pairs.length === 0) throw new Untold('no two neighbours share an instant')
      const falling = pairs.filter(([one, other]) => one.id > other.id).length
      if (falling === pairs.length) return 'by id, falling'
      return falling === 0 ? 'by id, rising' : 'not by id'
    },
  },
  {
    id: 'duration',
    title: 'how is a duration written',
    async ask(service) {
      const { results } = await service.page({ page_size: 100 })
      if (results.length === 0) throw new Untold('the agent has no calls')
      const forms = results.map(({ duration }) => formOf(String(duration)))
      return [...new Set(forms)].sort().join('; ')
    },
  },
  {
    id: 'throttling',
    title: 'was anything refused as too much',
    async ask(service) {
      const refused = service.answers().filter(({ status }) => status === 429)
      if (refused.length === 0) return `no, in ${service.answers().length} requests`
      const [{ headers }] = refused as [Answer]
      const wait = headers.get('retry-after')
      const form = wait === null ? 'no Retry-After' : /^\d+$/.test(wait) ? 'seconds' : 'a date'
      return `${refused.length} times, with ${form}`
    },
  },
  {
    id: 'failures',
    title: 'did the service fail, and in which words',
    async ask(service) {
      const failed = service.answers().filter(({ status }) => status >= 500)
      if (failed.length === 0) return `no, in ${service.answers().length} requests`
      return [...new Set(failed.map(describe))].sort().join('; ')
    },
  },
]

/** The form of a duration; its figures are a call's own. */
function formOf(duration: string): string {
  const [, minutes] = /^(\d+):[0-5]\d$/.exec(duration) ?? []
  if (minutes === undefined)
    return /^\d+:\d\d:\d\d$/.test(duration) ? 'hours, minutes, seconds' : 'another form'
  return Number(minutes) > 59 ? 'minutes past 59 and seconds' : 'minutes and seconds'
}

import type { CallLog, TranscriptTurn } from '@cekura-kit/types'
import { parseDuration } from './duration.ts'
import { hashUnit } from './random.ts'

type Turn = Required<Pick<TranscriptTurn, 'role' | 'content' | 'start_time' | 'end_time'>> &
  Pick<TranscriptTurn, 'data'>
type Line = Omit<Turn, 'start_time' | 'end_time'>

const agent = (content: string): Line => ({ role: 'Main Agent', content })
const caller = (content: string): Line => ({ role: 'Testing Agent', content })

/** What a caller with this topic wants, which tool the agent uses for it, and what it says then. */
const requests: { [topic: string]: [wish: string, tool: string, solution: string] } = {
  product_inquiry: [
    'which plan suits a team of ten',
    'list_plans',
    'The team plan fits ten people.',
  ],
  order_status: ['where my order is', 'find_order', 'Your order arrives on Thursday.'],
  billing_question: ['why my bill is higher', 'find_invoice', 'The bill includes a second month.'],
  technical_support: ['why I cannot sign in', 'check_account', 'Your account is unlocked again.'],
  appointment: [
    'an appointment next week',
    'find_slots',
    'You have an appointment on Tuesday at ten.',
  ],
  refund_request: ['a refund', 'check_refund', 'The refund will arrive within five days.'],
}

/** Small exchanges that fill a longer call. */
const fillers: readonly [string, string][] = [
  ['Can you tell me more about it?', 'Yes. It started about a week ago.'],
  ['Has anything changed since then?', 'No, everything is as before.'],
  ['Did you contact us about this earlier?', 'I did, by e-mail, but got no reply.'],
  ['One moment, I am checking that.', 'Sure, take your time.'],
]

/** How a caller leaves at a drop-off point; it follows what has been said until then. */
const dropoffs: { [point: string]: Line[] } = {
  menu: [
    agent('Please choose sales, orders or support.'),
    caller('I just want a person. Goodbye.'),
  ],
  identity_check: [caller('I do not have that number with me. I will call again.')],
  hold: [agent('Please hold the line for a moment.'), caller('No, this takes too long.')],
  payment_confirmation: [
    agent('Do you confirm the payment of 49 dollars?'),
    caller('Not today. I have to think about it.'),
  ],
}

const endings: { [reason: string]: Line[] } = {
  'customer-ended-call': [caller('Thank you. Goodbye.')],
  'agent-ended-call': [caller('Thank you.'), agent('You are welcome. Goodbye.')],
  'call-forwarded': [agent('I am connecting you to a colleague.')],
  'Main agent-silence-timed-out': [agent('Are you still there?')],
}

/** The entry of a name; names come from stored calls and can be anything. */
const lookUp = <Entry>(table: { [name: string]: Entry }, name: unknown): Entry | undefined =>
  typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined

function linesOf({ topic, dropoff_point: dropoff, call_ended_reason: reason }: CallLog): {
  start: Line[]
  end: Line[]
} {
  const name = String(topic || 'your services').replaceAll('_', ' ')
  const [wish, tool, solution] = lookUp(requests, topic) ?? [
    `something about ${name}`,
    'search',
    'I sent you the details.',
  ]
  const leaving = lookUp(dropoffs, dropoff)
  const greeting = [agent('Thank you for calling. How can I help?')]
  if (dropoff === 'menu') return { start: greeting, end: leaving! }
  const opening = [
    ...greeting,
    caller(`Hello, I am calling about ${wish}.`),
    agent('What is your customer number?'),
  ]
  if (dropoff === 'identity_check') return { start: opening, end: leaving! }
  const lookup: Line[] = [
    caller('It is 4 7 1 1.'),
    { role: 'Function Call', content: tool, data: { name: tool, arguments: { customer: '4711' } } },
    { role: 'Function Call Result', content: tool, data: { name: tool, result: { found: true } } },
  ]
  return {
    start: [...opening, ...lookup],
    end: leaving ?? [agent(solution), ...(lookUp(endings, reason) ?? [])],
  }
}

/** Seconds per line of a call that is long enough. */
const secondsPerLine = 7
const maxLines = 200

/**
 * The conversation of a call: it fits the duration, topic, drop-off point and end of the call. The
 * same for the same call and seed; empty if no one answered.
 */
export function createTranscript(call: CallLog, seed: number): Turn[] {
  const seconds = parseDuration(call.duration)
  if (seconds === 0) return []
  const { start, end } = linesOf(call)
  const wanted = Math.min(maxLines, Math.floor(seconds / secondsPerLine))
  const missing = wanted - start.length - end.length
  const first = Math.floor(hashUnit(seed, call.id, 300) * fillers.length)
  const middle = Array.from({ length: Math.max(0, Math.floor(missing / 2)) }, (_, n) => {
    const [question, reply] = fillers[(first + n) % fillers.length]!
    return [agent(question), caller(reply)]
  }).flat()
  const lines = [...start, ...middle, ...end]
  const total = lines.reduce((sum, { content }) => sum + content.length + 10, 0)
  let at = 0
  return lines.map((line) => {
    const from = at
    at += ((line.content.length + 10) / total) * seconds
    return { ...line, start_time: round(from), end_time: round(at) }
  })
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10

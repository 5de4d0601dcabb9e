import type { TranscriptTurn } from '@cekura-kit/types'

/** What is said or done at some point of a call. */
export type Line = Required<Pick<TranscriptTurn, 'role' | 'content'>> & Pick<TranscriptTurn, 'data'>

export const agent = (content: string): Line => ({ role: 'Main Agent', content })
export const caller = (content: string): Line => ({ role: 'Testing Agent', content })

/** How many calls have a topic, what their callers want, which tool helps, and what the agent says then. */
export const topics: {
  [topic: string]: [weight: number, wish: string, tool: string, solution: string]
} = {
  product_inquiry: [24, 'a plan for a team', 'list_plans', 'The team plan fits ten people.'],
  order_status: [22, 'where my order is', 'find_order', 'Your order arrives on Thursday.'],
  billing_question: [16, 'my last bill', 'find_invoice', 'The bill includes a second month.'],
  technical_support: [13, 'why I cannot sign in', 'check_account', 'Your account is unlocked.'],
  appointment: [10, 'an appointment next week', 'find_slots', 'You can come on Tuesday at ten.'],
  refund_request: [8, 'a refund', 'check_refund', 'The refund will arrive within five days.'],
  Öffnungszeiten: [3, 'your opening hours', 'find_hours', 'We are open from nine to five.'],
  配送について: [2, 'a delivery', 'find_delivery', 'The parcel left our warehouse today.'],
  '': [2, 'your services', 'search', 'I sent you the details.'],
}

/** How many unsuccessful calls end at a point, after how many parts of the call, and how. */
export const dropoffs: { [point: string]: [weight: number, parts: number, lines: Line[]] } = {
  identity_check: [4, 2, [caller('I do not have that number with me. I will call again.')]],
  payment_confirmation: [
    3,
    3,
    [agent('Do you confirm the payment of 49 dollars?'), caller('Not today. I have to think.')],
  ],
  menu: [2, 1, [agent('Please choose sales, orders or support.'), caller('I want a person.')]],
  hold: [1, 3, [agent('Please hold the line for a moment.'), caller('No, this takes too long.')]],
}

/** How many calls end for a reason, and with which lines. */
export const endings: { [reason: string]: [weight: number, lines: Line[]] } = {
  'customer-ended-call': [52, [caller('Thank you. Goodbye.')]],
  'agent-ended-call': [31, [caller('Thank you.'), agent('You are welcome. Goodbye.')]],
  'Main agent-silence-timed-out': [8, [agent('Are you still there?')]],
  'call-forwarded': [5, [agent('I am connecting you to a colleague.')]],
  'customer-did-not-answer': [3, []],
  'pipeline-error': [1, []],
}

/** Small exchanges that fill a longer call. */
export const fillers: readonly [question: string, reply: string][] = [
  ['Can you tell me more about it?', 'Yes. It started about a week ago.'],
  ['Has anything changed since then?', 'No, everything is as before.'],
  ['Did you contact us about this earlier?', 'I did, by e-mail, but got no reply.'],
  ['One moment, I am checking that.', 'Sure, take your time.'],
]

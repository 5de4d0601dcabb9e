import { profiles, type Guesses } from '@cekura-kit/mock'
import type { SpecDocument } from '@cekura-kit/spec'
import { requiredQuery, withQuery } from '../conform.ts'
import { readContract } from '../contract-document.ts'
import type { Page } from '../layers/behaviour/paged-list.ts'
import type { Answer, Target } from '../target.ts'
import { otherQuestions } from './other-questions.ts'
import { guessQuestions, Untold, type Service } from './questions.ts'

/** What a service was asked beyond its documentation, and what it does. */
export interface AskedQuestion {
  id: string
  title: string
  /** In words, without a value of any call. */
  answer: string
  /** What the sandbox takes it to be, where it has to take it for something. */
  assumed?: string
}

export interface Interview {
  questions: AskedQuestion[]
  /** The answers as a profile of the sandbox; what could not be told is missing. */
  guesses: Partial<Guesses>
}

export interface InterviewOptions {
  /** Milliseconds since 1970; default the clock. */
  nowMs?: number
  /** Every answer of the target, in which throttling and failures are looked for. */
  answers: readonly Answer[]
}

/** What an error says of itself; of an answer's content it says nothing. */
const reasonOf = (error: unknown): string =>
  error instanceof Untold
    ? `cannot be told: ${error.message}`
    : 'cannot be told: no such answer came'

/**
 * Asks a service what its documentation leaves open, by reading its list of calls.
 *
 * @example
 * const { guesses } = await interview(document, target)
 * await startMock({ mode: 'sandbox', guesses }) // a sandbox that does as the service does
 */
export async function interview(
  document: SpecDocument,
  target: Target,
  { nowMs = Date.now(), answers }: InterviewOptions,
): Promise<Interview> {
  const service = createService(document, target, nowMs, answers)
  const questions: AskedQuestion[] = []
  const guesses: { [name: string]: unknown } = {}
  for (const [name, question] of Object.entries(guessQuestions)) {
    const assumed = String(profiles.framework[name as keyof Guesses] ?? 'any')
    const answer = await question.ask(service).then(({ text, guess }) => {
      if (guess !== undefined) guesses[name] = guess
      return text
    }, reasonOf)
    questions.push({ id: name, title: question.title, answer, assumed })
  }
  for (const { id, title, ask } of otherQuestions)
    questions.push({ id, title, answer: await ask(service).catch(reasonOf) })
  return { questions, guesses }
}

function createService(
  document: SpecDocument,
  target: Target,
  nowMs: number,
  answers: readonly Answer[],
): Service {
  const { operations } = readContract(document)
  const operation = operations.find(({ operationId }) => operationId === 'callLogs.list')!
  const ask: Service['ask'] = (change = {}, asked = {}) => {
    const query = withQuery(requiredQuery(operation, target), change)
    const path = asked.path === '' ? operation.path.replace(/\/$/, '') : operation.path
    return target.send({ ...operation, query, ...asked, path })
  }
  const page: Service['page'] = async (change) => {
    const { status, text } = await ask(change)
    if (status !== 200) throw new Untold(`a list is answered with ${status}`)
    return JSON.parse(text) as Page
  }
  let plain: Promise<Page> | undefined
  return {
    ask,
    page,
    plain: () => (plain ??= page()),
    answers: () => answers,
    isOwn: (url) => new URL(url).host === new URL(target.url).host,
    nowMs,
  }
}

/** An interview as lines to read, and as the options of a sandbox that does the same. */
export function describeInterview({ questions, guesses }: Interview): string {
  const lines = questions.map(({ title, answer, assumed }) => {
    const beside = assumed === undefined || assumed === answer ? '' : ` (the sandbox: ${assumed})`
    return `  ${title}? ${answer}${beside}`
  })
  const others = Object.entries(guesses).filter(
    ([name, guess]) => profiles.framework[name as keyof Guesses] !== guess,
  )
  return [
    'asked beyond the documentation:',
    ...lines,
    others.length === 0
      ? 'a sandbox that does the same: startMock({ profile: "framework" })'
      : `a sandbox that does the same: startMock({ guesses: ${JSON.stringify(Object.fromEntries(others))} })`,
  ].join('\n')
}

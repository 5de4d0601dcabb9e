import type { LiveReport } from './live/run-live.ts'
import type { Outcome, SuiteReport } from './run-suite.ts'

/** A report of a suite; of a live service with what was asked and found beyond it. */
type Report = SuiteReport & Partial<Pick<LiveReport, 'interview' | 'findings'>>

/** Numbers of a run in one line. */
export function summarize({ target, planned, outcomes, findings }: Report): string {
  const of = (result: Outcome['result']): number =>
    outcomes.filter((outcome) => outcome.result === result).length
  const parts = [
    `${of('passed')} passed`,
    `${of('failed')} failed`,
    ...(of('differs') > 0 ? [`${of('differs')} differ from what was inferred`] : []),
    `${of('inapplicable')} not for this target`,
    ...(findings ? [`${findings.length === 0 ? 'no' : findings.length} new shapes`] : []),
  ]
  return `${target}: ${planned} checks, ${parts.join(', ')}`
}

const escapeXml = (text: string): string =>
  text.replaceAll(/[<>&"']|\p{Cc}/gu, (letter) =>
    /\p{Cc}/u.test(letter) ? ' ' : `&#${letter.charCodeAt(0)};`,
  )

interface Case {
  suite: string
  name: string
  durationMs?: number
  /** What stands inside: a failure, a reason for skipping, or something worth reading. */
  inside?: string
}

const failure = (message: string): string => `<failure message="${escapeXml(message)}"/>`
const output = (message: string): string => `<system-out>${escapeXml(message)}</system-out>`

function toCase({ id, layer, title, result, message = '', durationMs }: Outcome): Case {
  const base = { suite: layer, name: `${id}: ${title}`, durationMs }
  if (result === 'failed') return { ...base, inside: failure(message) }
  if (result === 'inapplicable')
    return { ...base, inside: `<skipped message="${escapeXml(message)}"/>` }
  return message === '' ? base : { ...base, inside: output(message) }
}

/** The report in the form that continuous integration reads. */
export function toJunit({ target, outcomes, interview, findings }: Report): string {
  const cases: Case[] = [
    ...outcomes.map(toCase),
    ...(interview?.questions ?? []).map(({ id, title, answer }) => ({
      suite: 'questions',
      name: `${id}: ${title}`,
      inside: output(answer),
    })),
    ...(findings ?? []).map((finding) => ({
      suite: 'shapes',
      name: finding,
      inside: failure(finding),
    })),
  ]
  const lines = cases.map(({ suite, name, durationMs = 0, inside }) => {
    const start = `  <testcase classname="${escapeXml(`${target}.${suite}`)}" name="${escapeXml(name)}" time="${(durationMs / 1000).toFixed(3)}"`
    return inside === undefined ? `${start}/>` : `${start}>${inside}</testcase>`
  })
  const count = (mark: string): number =>
    cases.filter(({ inside }) => inside?.startsWith(`<${mark} `)).length
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="${escapeXml(`contract.${target}`)}" tests="${cases.length}" failures="${count('failure')}" skipped="${count('skipped')}">
${lines.join('\n')}
</testsuite>
`
}

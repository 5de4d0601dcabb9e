import type { Outcome, SuiteReport } from './run-suite.ts'

/** Numbers of a run in one line. */
export function summarize({ target, planned, outcomes }: SuiteReport): string {
  const of = (result: Outcome['result']): number =>
    outcomes.filter((outcome) => outcome.result === result).length
  const parts = [
    `${of('passed')} passed`,
    `${of('failed')} failed`,
    ...(of('differs') > 0 ? [`${of('differs')} differ from what was inferred`] : []),
    `${of('inapplicable')} not for this target`,
  ]
  return `${target}: ${planned} checks, ${parts.join(', ')}`
}

const escapeXml = (text: string): string =>
  text.replaceAll(/[<>&"']|\p{Cc}/gu, (letter) =>
    /\p{Cc}/u.test(letter) ? ' ' : `&#${letter.charCodeAt(0)};`,
  )

/** The report in the form that continuous integration reads. */
export function toJunit({ target, outcomes }: SuiteReport): string {
  const count = (result: Outcome['result']): number =>
    outcomes.filter((outcome) => outcome.result === result).length
  const cases = outcomes.map(({ id, layer, title, result, message = '', durationMs }) => {
    const start = `  <testcase classname="${escapeXml(`${target}.${layer}`)}" name="${escapeXml(`${id}: ${title}`)}" time="${(durationMs / 1000).toFixed(3)}"`
    if (result === 'failed') return `${start}><failure message="${escapeXml(message)}"/></testcase>`
    if (result === 'inapplicable')
      return `${start}><skipped message="${escapeXml(message)}"/></testcase>`
    return message === ''
      ? `${start}/>`
      : `${start}><system-out>${escapeXml(message)}</system-out></testcase>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="${escapeXml(`contract.${target}`)}" tests="${outcomes.length}" failures="${count('failed')}" skipped="${count('inapplicable')}">
${cases.join('\n')}
</testsuite>
`
}

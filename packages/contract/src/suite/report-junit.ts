import type { Outcome, SuiteReport } from './run-suite.ts'

const escapeXml = (text: string): string =>
  text.replaceAll(/[<>&"']|\p{Cc}/gu, (letter) =>
    /\p{Cc}/u.test(letter) ? ' ' : `&#${letter.charCodeAt(0)};`,
  )

type Tag = 'failure' | 'skipped' | 'system-out'

function tagOf({ result, message }: Outcome, strict: boolean): Tag | undefined {
  if (result === 'inapplicable') return 'skipped'
  if (result === 'failed' || result === 'no-response') return 'failure'
  if (result === 'differs' && strict) return 'failure'
  return message === undefined ? undefined : 'system-out'
}

/** A report as JUnit XML: one test case per check, with the group as its class. */
export function toJunit(
  { target, outcomes, stopped }: SuiteReport,
  { strict = false }: { strict?: boolean } = {},
): string {
  const cases = outcomes.map((outcome) => ({ outcome, tag: tagOf(outcome, strict) }))
  const lines = cases.map(({ outcome: { id, group, title, message = '', durationMs }, tag }) => {
    const name = escapeXml(`${id}: ${title}`)
    const start = `  <testcase classname="${escapeXml(`${target}.${group}`)}" name="${name}" time="${(durationMs / 1000).toFixed(3)}"`
    if (tag === undefined) return `${start}/>`
    return tag === 'system-out'
      ? `${start}><system-out>${escapeXml(message)}</system-out></testcase>`
      : `${start}><${tag} message="${escapeXml(message)}"/></testcase>`
  })
  const count = (wanted: Tag): number => cases.filter(({ tag }) => tag === wanted).length
  if (stopped !== undefined) lines.push(`  <system-err>${escapeXml(stopped)}</system-err>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="${escapeXml(`contract.${target}`)}" tests="${cases.length}" failures="${count('failure')}" skipped="${count('skipped')}">
${lines.join('\n')}
</testsuite>
`
}

import { Option } from '@commander-js/extra-typings'
import { UsageError } from './command-error.ts'
import { groups } from './global-options.ts'
import { fromEnvironment } from './settings/option-sources.ts'
import { progressModes } from './terminal/progress.ts'
import { nameList, wholeNumber } from './settings/read-values.ts'

/** Ways to write rows to stdout. */
export const formats = ['table', 'json', 'ndjson', 'csv'] as const
export type Format = (typeof formats)[number]

/** A table for a person, a call a line for a pipe, unless something else is asked for. */
export const chooseFormat = (asked: Format | undefined, isTTY: boolean): Format =>
  asked ?? (isTTY ? 'table' : 'ndjson')

const inGroup = <Given extends { helpGroup(heading: string): unknown }>(
  heading: string,
  option: Given,
): Given => {
  option.helpGroup(heading)
  return option
}

export const agentOption = () =>
  fromEnvironment(
    inGroup(
      groups.calls,
      new Option('--agent <id>', 'agent whose calls are meant').argParser(wholeNumber(1)),
    ),
    'CEKURA_AGENT_ID',
  )

export const formatOption = () =>
  fromEnvironment(
    inGroup(
      groups.output,
      new Option('--format <format>', 'default a table on a terminal, ndjson for a pipe').choices(
        formats,
      ),
    ),
    'CEKURA_FORMAT',
  )

export const jsonOption = () =>
  inGroup(
    groups.output,
    new Option('--json', 'the same as --format json').implies({ format: 'json' }),
  )

export const fieldsOption = () =>
  inGroup(
    groups.output,
    new Option(
      '--fields <names>',
      'only these fields, in this order, separated by commas',
    ).argParser(nameList),
  )

export const showPiiOption = () =>
  inGroup(groups.output, new Option('--show-pii', 'phone numbers and feedback unmasked in tables'))

export const fromOption = (byDefault?: string) =>
  inGroup(
    groups.calls,
    new Option(
      '--from <time>',
      `start: 7d, 24h, today, 2026-11-01, an instant (UTC)${byDefault === undefined ? '' : `; default ${byDefault}`}`,
    ),
  )

export const toOption = (byDefault: string) =>
  inGroup(groups.calls, new Option('--to <time>', `end; default ${byDefault}`))

export const concurrencyOption = () =>
  fromEnvironment(
    inGroup(
      groups.general,
      new Option('--concurrency <n>', 'requests at a time').argParser(wholeNumber(1)).default(2),
    ),
    'CEKURA_CONCURRENCY',
  )

export const progressOption = () =>
  fromEnvironment(
    inGroup(
      groups.output,
      new Option(
        '--progress <how>',
        'auto is a bar on a terminal, a line each ten seconds elsewhere; json is events',
      )
        .choices(progressModes)
        .default('auto' as const),
    ),
    'CEKURA_PROGRESS',
  )

/**
 * Checked here and not by commander, where a missing flag would hide that another is misspelled.
 *
 * @throws {UsageError} when the agent is not given
 */
export function requireAgent(action: string, agent: number | undefined): number {
  if (agent !== undefined) return agent
  throw new UsageError(
    `Cannot ${action}: --agent is missing; it says whose calls are meant, and CEKURA_AGENT_ID can set it for good`,
    ['--agent', '2142'],
  )
}

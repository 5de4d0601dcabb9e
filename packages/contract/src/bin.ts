#!/usr/bin/env node
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { MockError } from '@cekura-kit/mock'
import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { describeInterview } from './live/interview.ts'
import { UsageError } from './check.ts'
import type { LiveSettings } from './live/live-target.ts'
import { runLive, type LiveReport } from './live/run-live.ts'
import { readShapes, writeShapes } from './live/shapes-file.ts'
import { listChecks } from './plan-suite.ts'
import { summarize, toJunit } from './report.ts'
import { runSuite, type SuiteOptions, type SuiteReport } from './run-suite.ts'
import { startTarget, type StartedName } from './start-target.ts'
import { targetNames } from './target.ts'

const help = `cekura-contract: the contract suite of the Cekura API, on a mock or on a service

Usage: cekura-contract [--target TARGET] [--junit FILE] [--json FILE]
                       [--shapes FILE [--update-shapes]]

  --target TARGET  mock, sandbox or proxied: started for the run; live: the service at
                   CEKURA_API_URL; or a URL. Default: the variable CONTRACT_TARGET
  --junit FILE     write the outcomes as JUnit XML
  --json FILE      write the outcomes as JSON
  --shapes FILE    compare the types, nulls and enum words of a service's answers with those in
                   FILE; what is new fails the run. Without such a file, write it
  --update-shapes  take what is new into the file
  --help           this text

live and a URL get GET and HEAD requests only, at most two per second; they want CEKURA_API_KEY and CEKURA_AGENT_ID
in the environment. Exit code: 0 all passed, 1 a check failed or a shape is new, 2 wrong usage.
`

const options = {
  target: { type: 'string' },
  junit: { type: 'string' },
  json: { type: 'string' },
  shapes: { type: 'string' },
  'update-shapes': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const document = bundled as unknown as SpecDocument

const isStarted = (name: string | undefined): name is StartedName =>
  name === 'mock' || name === 'sandbox' || name === 'proxied'

/** @throws {UsageError} when the name is none of a service */
function liveSettings(name: string | undefined): LiveSettings {
  const { CEKURA_API_URL, CEKURA_API_KEY: key, CEKURA_AGENT_ID: agentId } = process.env
  if (name === 'live') return { url: CEKURA_API_URL, key, agentId }
  if (name && /^https?:\/\//.test(name)) return { url: name, key, agentId }
  throw new UsageError(
    `Cannot run the suite: the target is ${name ? `"${name}"` : 'not given'}; give --target with one of ${targetNames.join(', ')} or a URL`,
  )
}

const suiteOptions: SuiteOptions = {
  onOutcome({ id, result, message }) {
    if (result !== 'passed') console.log(`${result} ${id}: ${message}`)
  },
}

async function runStarted(name: StartedName): Promise<SuiteReport> {
  await using target = await startTarget(name)
  return await runSuite(listChecks(document), target, suiteOptions)
}

interface ShapesFile {
  file: string | undefined
  isUpdated: boolean
}

async function runService(
  settings: LiveSettings,
  { file, isUpdated }: ShapesFile,
): Promise<LiveReport> {
  const known = file === undefined ? undefined : await readShapes(file)
  const report = await runLive(document, settings, { ...suiteOptions, known })
  console.log(describeInterview(report.interview))
  for (const finding of report.findings ?? []) console.log(`shape: ${finding}`)
  if (file !== undefined && (!known || isUpdated)) {
    await writeShapes(file, report.shapes)
    console.log(`shapes: written to ${file}`)
  }
  return report
}

/** @throws {UsageError} when it cannot be written, after a run or, without a text, before one */
async function writeReport(file: string | undefined, text?: string): Promise<void> {
  if (file === undefined) return
  // Before a run the report of the last one stays.
  await writeFile(file, text ?? '', { flag: text === undefined ? 'a' : 'w' }).catch(
    ({ code }: NodeJS.ErrnoException) => {
      throw new UsageError(
        `Cannot write the report "${file}": ${code}; give a file in a folder that is there and may be written`,
      )
    },
  )
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options, strict: true })
  if (values.help) {
    process.stdout.write(help)
    return
  }
  const name = values.target ?? process.env['CONTRACT_TARGET']
  const shapes = { file: values.shapes, isUpdated: values['update-shapes'] }
  if (shapes.isUpdated && shapes.file === undefined)
    throw new UsageError('Cannot update shapes: no file is given; give --shapes FILE')
  if (isStarted(name) && shapes.file !== undefined)
    throw new UsageError(
      `Cannot compare the shapes of "${name}": they are those of the document; give the target live or a URL`,
    )
  // A run of minutes must not end in a report that has no place.
  for (const file of [values.junit, values.json]) await writeReport(file)
  const report: SuiteReport & Partial<LiveReport> = isStarted(name)
    ? await runStarted(name)
    : await runService(liveSettings(name), shapes)
  await writeReport(values.junit, toJunit(report))
  await writeReport(values.json, `${JSON.stringify(report, null, 2)}\n`)
  console.log(summarize(report))
  const ran = report.outcomes.filter(({ result }) => result !== 'inapplicable')
  const isNew = !shapes.isUpdated && (report.findings ?? []).length > 0
  const isRed = ran.some(({ result }) => result === 'failed')
  process.exitCode = isRed || isNew || ran.length !== report.planned ? 1 : 0
}

await run().catch((error: unknown) => {
  const isUsage = error instanceof TypeError && 'code' in error
  if (!isUsage && !(error instanceof UsageError) && !(error instanceof MockError)) throw error
  console.error(
    isUsage
      ? `Cannot read the command line: ${error.message.split(/[.?](?:\s|$)/)[0]}; see cekura-contract --help`
      : error.message,
  )
  process.exitCode = 2
})

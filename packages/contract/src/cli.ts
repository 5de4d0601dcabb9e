import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { MockError } from '@cekura-kit/mock'
import { bundleSpec, checkSpec, SpecError, type SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { probeService } from './live/probe-service.ts'
import { NoResponseError, UsageError } from './suite/errors.ts'
import { listChecks } from './suite/plan-suite.ts'
import { toJunit } from './suite/report-junit.ts'
import { describeProblems, isGreen, summarize } from './suite/report-text.ts'
import { runSuite } from './suite/run-suite.ts'
import { createLiveTarget, type LiveSettings } from './target/live-target.ts'
import { startedNames, startTarget, type StartedName } from './target/start-target.ts'

const help = `cekura-contract: run the contract tests of the Cekura API on a mock or on a service

Usage: cekura-contract --target TARGET [--spec FILE] [--strict] [--junit FILE] [--json FILE]
       cekura-contract --target TARGET --probe

  --target TARGET  mock, sandbox or proxied: started for the run; live: the service at
                   CEKURA_API_URL; or a URL (default: $CONTRACT_TARGET)
  --spec FILE      test this OpenAPI document (default: the Cekura API)
  --strict         fail if a service deviates from an assumption
  --junit FILE     write the results as JUnit XML
  --json FILE      write the results as JSON
  --probe          print undocumented behavior of a service instead of testing it
  --help           print this text

A service gets GET and HEAD requests only, at most two per second. Set CEKURA_API_KEY and
CEKURA_AGENT_ID. Exit codes: 0 success, 1 a check failed, 2 cannot run.
`

const options = {
  target: { type: 'string' },
  spec: { type: 'string' },
  strict: { type: 'boolean', default: false },
  junit: { type: 'string' },
  json: { type: 'string' },
  probe: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const parse = (args: string[]) => parseArgs({ args, options, strict: true }).values
type Flags = ReturnType<typeof parse>

interface Plan extends Omit<Flags, 'target'> {
  target: StartedName | LiveSettings
}

const isStarted = (name: string | undefined): name is StartedName =>
  startedNames.some((one) => one === name)

/** @throws {UsageError} if there is no such target */
function planTarget(name: string | undefined, env: NodeJS.ProcessEnv): Plan['target'] {
  const { CEKURA_API_URL, CEKURA_API_KEY: key, CEKURA_AGENT_ID: agentId } = env
  if (isStarted(name)) return name
  if (name === 'live') return { url: CEKURA_API_URL, key, agentId }
  if (name && /^https?:\/\//.test(name)) return { url: name, key, agentId }
  throw new UsageError(
    `${name ? `Unknown target "${name}"` : 'Missing --target'}. Use ${startedNames.join(', ')}, live or a URL.`,
  )
}

/**
 * @returns undefined if the help was requested
 * @throws {UsageError} if an argument is invalid
 */
function planCommand(args: string[], env: NodeJS.ProcessEnv): Plan | undefined {
  let flags: Flags
  try {
    flags = parse(args)
  } catch (error) {
    const [problem] = (error as Error).message.split(/[.?](?:\s|$)/)
    throw new UsageError(`${problem}. Run cekura-contract --help.`)
  }
  const { help, target: name, probe } = flags
  if (help) return undefined
  const target = planTarget(name ?? env['CONTRACT_TARGET'], env)
  if (probe && typeof target === 'string')
    throw new UsageError(
      `Cannot probe "${target}": it is built from the document. Use live or a URL.`,
    )
  return { ...flags, target }
}

/** @throws {UsageError} if the document has problems */
async function readDocument(file: string | undefined): Promise<SpecDocument> {
  if (file === undefined) return bundled as unknown as SpecDocument
  const { document } = await bundleSpec(file)
  const [problem, ...others] = checkSpec(document)
  if (!problem) return document
  throw new UsageError(
    `Cannot test "${file}": ${problem.message} at ${problem.location}${others.length > 0 ? `, and ${others.length} more problems` : ''}. Run cekura-mock check.`,
  )
}

/** @throws {UsageError} if the file cannot be written */
async function writeReport(file: string | undefined, text?: string): Promise<void> {
  if (file === undefined) return
  // Before a run the file is opened only, so that the last report stays.
  await writeFile(file, text ?? '', { flag: text === undefined ? 'a' : 'w' }).catch(
    ({ code }: NodeJS.ErrnoException) => {
      throw new UsageError(`Cannot write "${file}": ${code}. Use a folder that exists.`)
    },
  )
}

async function runTests(plan: Plan, document: SpecDocument): Promise<number> {
  const { target: planned, spec, strict, junit, json } = plan
  // A long run must not end with a report that cannot be written.
  for (const file of [junit, json]) await writeReport(file)
  await using target =
    typeof planned === 'string' ? await startTarget(planned, spec) : createLiveTarget(planned)
  if (target.isShared) console.error(`Testing ${target.url} with read requests only.`)
  const report = await runSuite(listChecks(document), target)
  await writeReport(junit, toJunit(report, { strict }))
  await writeReport(json, `${JSON.stringify(report, null, 2)}\n`)
  if (report.stopped !== undefined) throw new UsageError(report.stopped)
  for (const line of describeProblems(report)) console.log(line)
  console.log(summarize(report))
  return isGreen(report, { strict }) ? 0 : 1
}

async function runProbe({ target: planned }: Plan, document: SpecDocument): Promise<number> {
  await using target = createLiveTarget(planned as LiveSettings)
  for (const { title, result } of await probeService(document, target))
    console.log(`${title}: ${result}`)
  return 0
}

/** Runs the command line and returns the exit code. */
export async function runCommand(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const plan = planCommand(args, env)
    if (!plan) {
      process.stdout.write(help)
      return 0
    }
    const document = await readDocument(plan.spec)
    return await (plan.probe ? runProbe : runTests)(plan, document)
  } catch (error) {
    const isExpected = [UsageError, NoResponseError, MockError, SpecError].some(
      (one) => error instanceof one,
    )
    if (!isExpected) throw error
    console.error((error as Error).message)
    return 2
  }
}

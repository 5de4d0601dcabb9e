import { parseArgs } from 'node:util'
import { profiles, type ProfileName } from '../api/assumptions.ts'
import { MockError } from '../mock-error.ts'
import type { MockMode, MockOptions } from '../mock-options.ts'
import { parseDateTime } from '../validate-input.ts'

/** What a command line requests. */
export type Plan =
  | { command: 'help' }
  | { command: 'check'; spec: string | undefined; json: boolean }
  | { command: 'serve'; options: MockOptions; watch: boolean; json: boolean }

export const help = `cekura-mock: mock server for the Cekura API, built from its OpenAPI document

Usage: cekura-mock [serve] [--mode MODE] [--port N] [options]
       cekura-mock proxy [URL] [--port N] [options]
       cekura-mock check [FILE] [--json]

serve     start the mock (default command), in one of these modes:
            sandbox   a stateful service with sample call logs (default)
            proxied   the sandbox, and Prism validates each response
            static    the examples of the document
            dynamic   bodies generated from its schemas
proxy     forward requests to the API at URL and report responses that do not match the spec
check     report problems of the document

Options:
  --port N          port to listen on (default: 0, a free port)
  --host ADDRESS    address to listen on (default: 127.0.0.1)
  --control-port N  port of the control API (default: 0, a free port)
  --control-host ADDRESS
                    address of the control API (default: 127.0.0.1)
  --spec FILE       OpenAPI file to mock (default: the one of @cekura-kit/types)
  --watch           reload when --spec changes; an invalid document leaves the running mock unchanged
  --json            print one line of JSON when the mock listens
  --help            show help

Options of serve:
  --public-url URL  start of the links between pages (default: where it listens)
  --rows N          call logs of agent 2142, at most 100000 (default: 500)
  --seed N          select other sample data (default: 1)
  --end TIME        end of the time range, now or 2025-02-01T00:00:00Z (default: now)
  --clock TIME      time of the data, which then advances on request only (default: the end of
                    the time range, and time passes)
  --evaluation MS   evaluation of a call that was sent (default: 3000)
  --profile NAME    assumptions about the API: ${Object.keys(profiles).join(', ')}
  --transport PLAN  connection faults: 1:reset,3:truncate@300 or p=0.1,seed=7
  --latency MS      delay of each response of the sandbox (default: 0)

Exit codes: 0 success · 1 check found problems, or the mock failed · 2 cannot start
`

const shared = { json: { type: 'boolean', default: false } } as const
const listening = {
  ...shared,
  port: { type: 'string' },
  host: { type: 'string' },
  'control-port': { type: 'string' },
  'control-host': { type: 'string' },
  spec: { type: 'string' },
  watch: { type: 'boolean', default: false },
} as const
const serving = {
  ...listening,
  mode: { type: 'string' },
  rows: { type: 'string' },
  seed: { type: 'string' },
  end: { type: 'string' },
  profile: { type: 'string' },
  clock: { type: 'string' },
  evaluation: { type: 'string' },
  'public-url': { type: 'string' },
  transport: { type: 'string' },
  latency: { type: 'string' },
} as const

function parse<Options extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: Options,
  maxPositionals: number,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
    const extra = parsed.positionals[maxPositionals]
    if (extra !== undefined) throw new TypeError(`Unexpected argument '${extra}'`)
    return parsed
  } catch (error) {
    // Node adds advice that does not apply here.
    const [what] = (error as Error).message.split(/[.?]\s/)
    const dashed = /'(--[\w-]+)' argument is ambiguous/.exec(what!)
    throw new MockError(
      dashed
        ? `Missing value of ${dashed[1]}. Write a value that starts with a dash as ${dashed[1]}=VALUE.`
        : `${what}. Run cekura-mock --help.`,
    )
  }
}

const numeric = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (!/^-?\d+$/.test(text))
    throw new MockError(`Invalid --${name} "${text}": expected an integer.`)
  return Number(text)
}

function readEnd(text = 'now'): number | 'now' {
  const time = text === 'now' ? text : parseDateTime(text)
  if (time === undefined)
    throw new MockError(
      `Invalid --end "${text}": expected now or a date-time such as 2025-02-01T00:00:00Z.`,
    )
  return time
}

/**
 * Reads a command line.
 *
 * @param args without the executable
 * @throws {MockError} if it is invalid
 */
export function planCommand(args: readonly string[]): Plan {
  // First of all, so that a request for help gets help and not an error.
  if (args.some((arg) => arg === '--help' || arg === '-h')) return { command: 'help' }
  const isNamed = args[0] !== undefined && !args[0].startsWith('-')
  const command = isNamed ? args[0]! : 'serve'
  const rest = isNamed ? args.slice(1) : args
  if (command === 'check') {
    const { values, positionals } = parse(rest, { ...shared, spec: { type: 'string' } }, 1)
    return { command, spec: positionals[0] ?? values.spec, json: values.json }
  }
  if (command === 'help') return { command }
  if (command === 'serve') return planServe(rest)
  if (command === 'proxy') return planProxy(rest)
  throw new MockError(`Unknown command "${command}". Run cekura-mock --help.`)
}

type Listening = ReturnType<typeof parse<typeof listening>>['values']

function listenOptions(values: Listening): MockOptions {
  if (values.watch && values.spec === undefined)
    throw new MockError('Missing --spec: --watch needs a file to watch.')
  return {
    host: values.host,
    spec: values.spec,
    port: numeric('port', values.port),
    controlPort: numeric('control-port', values['control-port']),
    controlHost: values['control-host'],
  }
}

function planProxy(args: readonly string[]): Plan {
  const { values, positionals } = parse(args, listening, 1)
  const options: MockOptions = {
    ...listenOptions(values),
    mode: 'live-proxy',
    upstream: positionals[0],
  }
  return { command: 'serve', options, watch: values.watch, json: values.json }
}

function planServe(args: readonly string[]): Plan {
  const { values } = parse(args, serving, 0)
  if (values.mode === 'live-proxy')
    throw new MockError('Invalid --mode "live-proxy". Run cekura-mock proxy [URL].')
  const options: MockOptions = {
    ...listenOptions(values),
    mode: (values.mode ?? 'sandbox') as MockMode,
    rows: numeric('rows', values.rows),
    seed: numeric('seed', values.seed),
    endMs: readEnd(values.end),
    profile: values.profile as ProfileName | undefined,
    clock: values.clock,
    realTime: values.clock === undefined,
    evaluationMs: numeric('evaluation', values.evaluation) ?? 3000,
    publicUrl: values['public-url'],
    transport: values.transport,
    latencyMs: numeric('latency', values.latency),
  }
  return { command: 'serve', options, watch: values.watch, json: values.json }
}

import { parseArgs } from 'node:util'
import { MockError } from '../mock-error.ts'
import type { ProfileName } from '../sandbox/profile.ts'
import type { MockMode, MockOptions } from '../mock-options.ts'

/** What a command line asks for. */
export type Plan =
  | { command: 'help' }
  | { command: 'check'; spec: string | undefined; json: boolean }
  | { command: 'serve'; options: MockOptions; watch: boolean; json: boolean }

export const help = `cekura-mock: a server that answers like the Cekura API, from its OpenAPI document

Usage: cekura-mock [serve] [--mode MODE] [--port N] [options]
       cekura-mock proxy [URL] [--port N] [options]
       cekura-mock check [FILE] [--json]

serve answers, in one of these modes:
  static    the document's examples (default)
  dynamic   bodies made up from its schemas
  sandbox   a stateful service with made-up call logs
  proxied   the sandbox behind Prism, which verifies each answer

proxy hands requests to the service at URL and reports where its answers break the document.
check judges the document, and starts nothing.

  --port N         port to listen on; default 0, a free one
  --host ADDRESS   address to listen on; default 127.0.0.1
  --control-port N, --control-host ADDRESS
                   the same of the test control; default 0 and 127.0.0.1, whatever --host is
  --public-url URL what links between pages begin with; default where it listens
  --spec FILE      OpenAPI file to mock; default the one of @cekura-kit/types
  --watch          reload when a file of --spec changes; a bad save keeps the old mock
  --transport PLAN break connections: 1:reset,3:truncate@300 or p=0.1,seed=7
  --rows N         call logs of the sandbox's first agent, 2142; default 500
  --seed N         other call logs; default 1
  --profile NAME   what is guessed about the service: framework, published or contrary
  --clock INSTANT  the calls as they stood then, as 2025-01-15T12:00:00Z
  --latency MS     how long each answer of the sandbox takes; default 0
  --json           one line of JSON when it listens, in place of the text
  --help           this text

Exit codes: 0 ended by a signal, or nothing to find; 1 check found problems, or the mock failed;
2 it cannot start, and says why.
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
  transport: { type: 'string' },
} as const
const serving = {
  ...listening,
  mode: { type: 'string' },
  rows: { type: 'string' },
  seed: { type: 'string' },
  profile: { type: 'string' },
  clock: { type: 'string' },
  'public-url': { type: 'string' },
  latency: { type: 'string' },
} as const

function parse<Options extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: Options,
  mostPositionals: number,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
    const extra = parsed.positionals[mostPositionals]
    if (extra !== undefined) throw new TypeError(`Unexpected argument '${extra}'`)
    return parsed
  } catch (error) {
    const { message } = error as Error
    const [what] = message.split(/[.?]\s/)
    // Node says it in three sentences.
    const dashed = /'(--[\w-]+)' argument is ambiguous/.exec(what!)
    throw new MockError(
      dashed
        ? `Cannot read the command line: ${dashed[1]} wants a value; one that begins with a dash is written ${dashed[1]}=VALUE`
        : `Cannot read the command line: ${what}; see cekura-mock --help`,
    )
  }
}

const numeric = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (!/^-?\d+$/.test(text))
    throw new MockError(`Cannot read --${name} "${text}": give a whole number`)
  return Number(text)
}

/**
 * Reads a command line.
 *
 * @param args without the executable
 * @throws {MockError} when it cannot be read
 */
export function planCommand(args: readonly string[]): Plan {
  // Before all else, so that whoever asks for help is not told what is wrong first.
  if (args.some((arg) => arg === '--help' || arg === '-h')) return { command: 'help' }
  const isNamed = args[0] !== undefined && !args[0].startsWith('-')
  const command = isNamed ? args[0]! : 'serve'
  const rest = isNamed ? args.slice(1) : args
  if (command === 'check') {
    const { values, positionals } = parse(rest, { ...shared, spec: { type: 'string' } }, 1)
    return { command, spec: positionals[0] ?? values.spec, json: values.json }
  }
  if (command === 'help') return { command }
  if (command !== 'serve' && command !== 'proxy')
    throw new MockError(
      `There is no command "${command}"; give serve, proxy or check, see cekura-mock --help`,
    )
  const { values, positionals } =
    command === 'serve' ? parse(rest, serving, 0) : parse(rest, listening, 1)
  if (values.watch && values.spec === undefined)
    throw new MockError('Cannot watch the document of the package: give --spec FILE')
  const { host, spec, transport } = values
  const options: MockOptions = {
    host,
    spec,
    transport,
    port: numeric('port', values.port),
    controlPort: numeric('control-port', values['control-port']),
    controlHost: values['control-host'],
  }
  if (command === 'proxy') Object.assign(options, { mode: 'live-proxy', upstream: positionals[0] })
  else {
    const { mode, rows, seed, latency, profile, clock } = values as ReturnType<
      typeof parse<typeof serving>
    >['values']
    if (mode === 'live-proxy')
      throw new MockError('Cannot serve the mode "live-proxy": write cekura-mock proxy [URL]')
    options.mode = mode as MockMode | undefined
    options.rows = numeric('rows', rows)
    options.seed = numeric('seed', seed)
    options.profile = profile as ProfileName | undefined
    options.clock = clock
    options.publicUrl = (values as { 'public-url'?: string })['public-url']
    options.latencyMs = numeric('latency', latency)
  }
  return { command: 'serve', options, watch: values.watch, json: values.json }
}

import type { CekuraClient, Hooks } from '@cekura-kit/client'
import { defaultBaseUrl } from '@cekura-kit/types'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { CommandError, type ExitCode } from './command-error.ts'
import type { GlobalOptions } from './global-options.ts'
import type { Io } from './io.ts'
import { checkBaseUrl } from './settings/check-base-url.ts'
import { configName, environmentName, fillOptions, optionsOf } from './settings/option-sources.ts'
import {
  defaultConfigPath,
  readConfig,
  readEnvironment,
  type Config,
} from './settings/read-config.ts'
import { readKey } from './settings/read-key.ts'
import type { ServiceFetch } from './service-fetch.ts'
import { createStyle, wantsColor, type Style } from './terminal/color.ts'
import { createErr, type Err } from './terminal/err.ts'
import { createWaitTeller } from './terminal/tell-wait.ts'
import type { Out } from './terminal/out.ts'

/** What a command adds to the client's settings. */
export interface ClientExtra {
  hooks?: Hooks
  /** Used unless the caller sets another. */
  maxRetries?: number
  /** Requests that may be under way together; default 1. */
  concurrency?: number
  wrapFetch?(fetch: ServiceFetch): ServiceFetch
}

/** What a command runs with. */
export interface Context {
  io: Io
  /** The command line as it was typed, for what is told to be run next. */
  args: readonly string[]
  out: Out
  err: Err
  /** Color for stdout. */
  style: Style
  options: GlobalOptions
  config: Config
  /** What is wrong with the settings; only where a command is there to tell it. */
  problems: readonly CommandError[]
  command: CommandUnknownOpts
  /** Made when a command needs the service, so that the others need no key. */
  createClient(extra?: ClientExtra): Promise<CekuraClient>
  /** Ends the run with a code other than 0 though nothing was thrown. */
  finish(code: ExitCode): void
}

/** Address of the service, and the host that may always be sent the key. */
export function readBaseUrl({ options, config }: Pick<Context, 'options' | 'config'>): string {
  const allowed = options.allowHost ?? config.values['allow-host']?.split(',') ?? []
  return checkBaseUrl(options.apiUrl ?? defaultBaseUrl, new URL(defaultBaseUrl).hostname, allowed)
}

export async function createContext(
  command: CommandUnknownOpts,
  { io: given, args, out }: { io: Io; args: readonly string[]; out: Out },
  finish: Context['finish'],
): Promise<Context> {
  const root = command.parent ?? command
  const { envFile, config: configPath } = root.opts() as GlobalOptions
  const problems: CommandError[] = []
  const onProblem = (error: unknown): void => {
    if (command.name() !== 'doctor' || !(error instanceof CommandError)) throw error
    // Several commands have the same flag.
    if (problems.every(({ message }) => message !== error.message)) problems.push(error)
  }
  const attempt = <Value>(read: () => Value, otherwise: Value): Value => {
    try {
      return read()
    } catch (error) {
      onProblem(error)
      return otherwise
    }
  }
  const env = attempt(() => readEnvironment(envFile, given.env), given.env)
  const io = { ...given, env }
  const names = new Set(
    root.commands
      .flatMap((each) => optionsOf(each))
      .filter(({ option }) => environmentName(option) !== undefined)
      .map(({ option }) => configName(option)),
  ).add('allow-host')
  const path = configPath ?? env['CEKURA_CONFIG']
  const config = attempt(() => readConfig(path, env, names), {
    path: path ?? defaultConfigPath(env),
    isThere: false,
    values: {},
  })
  fillOptions(command, env, config, onProblem)
  if (command.name() === 'doctor')
    for (const other of root.commands) fillOptions(other, env, config, onProblem)
  const options = root.opts() as GlobalOptions
  const color = (isTTY: boolean): Style => createStyle(wantsColor(options.color, isTTY, env))
  const err = createErr(io.stderr, {
    style: color(io.isTTY.stderr),
    isTTY: io.isTTY.stderr,
    // Where stderr is events, a note would be none.
    isQuiet: options.quiet === true || command.opts()['progress'] === 'json',
    isDebug: options.debug === true,
    columns: io.columns,
  })
  return {
    io,
    args,
    out,
    err,
    style: color(io.isTTY.stdout),
    options,
    config,
    problems,
    command,
    finish,
    async createClient(extra = {}) {
      // Not at the top: help and completion should not wait for them.
      const [{ createClient }, { createServiceFetch, planTimeouts }] = await Promise.all([
        import('@cekura-kit/client'),
        import('./service-fetch.ts'),
      ])
      const baseUrl = readBaseUrl({ options, config })
      const apiKey = await readKey(
        { file: options.apiKeyFile, fileSource: root.getOptionValueSource('apiKeyFile') },
        io,
      )
      const { maxRps, timeout, maxRetries } = options
      const tellWait = createWaitTeller(err, io.now)
      const serviceFetch = createServiceFetch(err, {
        maxRps,
        now: io.now,
        tellsAnswers: root.getOptionValue('debugBody') === true,
      })
      return createClient({
        apiKey,
        baseUrl,
        ...planTimeouts({ timeout, maxRps, concurrency: extra.concurrency ?? 1 }),
        maxRetries: maxRetries ?? extra.maxRetries,
        fetch: extra.wrapFetch?.(serviceFetch) ?? serviceFetch,
        hooks: {
          ...extra.hooks,
          onRetry(info) {
            extra.hooks?.onRetry?.(info)
            tellWait(info)
            err.debug(`attempt ${info.attempts} failed (${info.code}), next in ${info.delayMs} ms`)
          },
        },
      })
    },
  }
}

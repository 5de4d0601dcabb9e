import type { CekuraClient, Hooks } from '@cekura-kit/client'
import { defaultBaseUrl } from '@cekura-kit/types'
import type { Command } from 'commander'
import { readKey } from './config/api-key.ts'
import { checkBaseUrl } from './config/base-url.ts'
import { defaultConfigPath, readConfig, readVariables, type Config } from './config/config-file.ts'
import { CommandError, type ExitCode } from './errors/command-error.ts'
import type { Io } from './io.ts'
import { configName } from './options/flag.ts'
import type { GlobalOptions } from './options/flags.ts'
import { environmentName, fillOptions, optionsOf } from './options/option-sources.ts'
import { createStyle, wantsColor, type Style } from './terminal/color.ts'
import { createStderr, type Err } from './terminal/stderr.ts'
import type { Out } from './terminal/stdout.ts'
import { createWaitNotice } from './terminal/wait-notice.ts'

const minTotalMs = 120_000

/** What a command adds to the client's settings. */
export interface ClientExtra {
  onRetry?: Hooks['onRetry'] | undefined
  /** Used unless a setting has another. */
  maxRetries?: number
}

/** What a command runs with. */
export interface Context {
  io: Io
  /** The command line as typed, for suggestions. */
  args: readonly string[]
  out: Out
  err: Err
  /** Color for stdout. */
  style: Style
  options: GlobalOptions
  config: Config
  /** Invalid settings; only for `doctor`, which reports them. */
  problems: readonly CommandError[]
  command: Command
  /** Created when a command calls the API, so that others need no key. */
  createClient(extra?: ClientExtra): Promise<CekuraClient>
  /** Ends the run with another code than 0 without an error. */
  finish(code: ExitCode): void
}

/** The API base URL, checked. */
export function readBaseUrl({ options, config }: Pick<Context, 'options' | 'config'>): string {
  const allowed = options.allowHost ?? config.values['allow-host']?.split(',') ?? []
  return checkBaseUrl(options.apiUrl ?? defaultBaseUrl, new URL(defaultBaseUrl).hostname, allowed)
}

/** Reads the environment, the configuration file and the settings of a command. */
function readAllSettings(command: Command, given: Io) {
  const root = command.parent ?? command
  const { vars, config: configPath } = root.opts<GlobalOptions>()
  const isDoctor = command.name() === 'doctor'
  const problems: CommandError[] = []
  const onProblem = (error: unknown): void => {
    if (!isDoctor || !(error instanceof CommandError)) throw error
    // Several commands share a flag.
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
  const env = attempt(() => readVariables(vars, given.env), given.env)
  const names = new Set(
    root.commands
      .flatMap((each) => optionsOf(each))
      .filter(({ option }) => environmentName(option) !== undefined)
      .map(({ option }) => configName(option)),
  ).add('allow-host')
  const path = configPath ?? env['CEKURA_CONFIG']
  const config = attempt(() => readConfig(path, env, names), {
    path: path ?? defaultConfigPath(env) ?? '',
    exists: false,
    values: {},
  })
  for (const each of isDoctor ? [command, ...root.commands] : [command])
    fillOptions(each, env, config, onProblem)
  return { env, config, problems, options: root.opts<GlobalOptions>() }
}

export async function createContext(
  command: Command,
  { io: given, args, out }: { io: Io; args: readonly string[]; out: Out },
  finish: Context['finish'],
): Promise<Context> {
  const { env, config, problems, options } = readAllSettings(command, given)
  const io = { ...given, env }
  const color = (isTTY: boolean): Style => createStyle(wantsColor(options.color, isTTY, env))
  const err = createStderr(io.stderr, {
    style: color(io.isTTY.stderr),
    isTTY: io.isTTY.stderr,
    // A message is not an event.
    isQuiet: options.quiet === true || command.opts()['progress'] === 'json',
    isDebug: options.debug === true,
    columns: io.columns,
  })
  const isKeyFileTyped = (command.parent ?? command).getOptionValueSource('apiKeyFile') === 'cli'
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
      // Not at the top: help and completion do not need it.
      const { createClient } = await import('@cekura-kit/client')
      const baseUrl = readBaseUrl({ options, config })
      const apiKey = await readKey({ file: options.apiKeyFile, isTyped: isKeyFileTyped }, io)
      const { timeout, maxRetries } = options
      const noticeWait = createWaitNotice(err, io.now)
      return createClient({
        apiKey,
        baseUrl,
        timeout,
        // Includes every attempt and the delays between them.
        totalTimeout: timeout && Math.max(minTotalMs, timeout * 4),
        maxRetries: maxRetries ?? extra.maxRetries,
        hooks: {
          onRequest: ({ method, path, attempts }) =>
            err.debug(`${method} ${path}, attempt ${attempts}`),
          onResponse: ({ status, durationMs, requestId = 'none' }) =>
            err.debug(`${status} in ${Math.round(durationMs)} ms, request id ${requestId}`),
          onRetry(info) {
            extra.onRetry?.(info)
            noticeWait(info)
            err.debug(`failed (${info.code}), next attempt in ${info.delayMs} ms`)
          },
        },
      })
    },
  }
}

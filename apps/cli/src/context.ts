import type { CekuraClient, Hooks } from '@cekura-kit/client'
import { defaultBaseUrl } from '@cekura-kit/types'
import type { Command } from 'commander'
import { readKey } from './config/api-key.ts'
import { checkBaseUrl } from './config/base-url.ts'
import { readConfig, type Config } from './config/config-file.ts'
import type { ExitCode } from './errors/command-error.ts'
import type { Io } from './io.ts'
import { configName } from './options/flag.ts'
import type { GlobalOptions } from './options/flags.ts'
import { environmentName, fillOptions, optionsOf } from './options/option-sources.ts'
import { createStyle, type Style } from './terminal/color.ts'
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

/** Reads the configuration file and fills the options of a command. */
function readAllSettings(command: Command, env: Io['env']) {
  const root = command.parent ?? command
  const names = new Set(
    root.commands
      .flatMap((each) => optionsOf(each))
      .filter(({ option }) => environmentName(option) !== undefined)
      .map(({ option }) => configName(option)),
  ).add('allow-host')
  const config = readConfig(root.opts<GlobalOptions>().config ?? env['CEKURA_CONFIG'], env, names)
  // doctor shows the settings of all commands.
  for (const each of command.name() === 'doctor' ? [command, ...root.commands] : [command])
    fillOptions(each, env, config)
  return { config, options: root.opts<GlobalOptions>() }
}

export async function createContext(
  command: Command,
  { io, args, out }: { io: Io; args: readonly string[]; out: Out },
  finish: Context['finish'],
): Promise<Context> {
  const { env } = io
  const { config, options } = readAllSettings(command, env)
  const err = createStderr(io.stderr, {
    style: createStyle(io.isTTY.stderr, env),
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
    style: createStyle(io.isTTY.stdout, env),
    options,
    config,
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

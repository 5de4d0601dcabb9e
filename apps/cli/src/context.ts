import type { CekuraClient, Hooks } from '@cekura-kit/client'
import { defaultBaseUrl } from '@cekura-kit/types'
import { readKey } from './config/api-key.ts'
import { checkBaseUrl } from './config/base-url.ts'
import type { Io } from './io.ts'
import type { CommandInfo } from './options/command-info.ts'
import type { ValueSources } from './options/flag.ts'
import type { GlobalOptions } from './options/flags.ts'
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
  /** Values of the flags of every command. */
  options: GlobalOptions
  sources: ValueSources
  commands: readonly CommandInfo[]
  /** Created when a command calls the API, so that others need no key. */
  createClient(extra?: ClientExtra): Promise<CekuraClient>
}

/** The API base URL, checked. */
export const readBaseUrl = ({ apiUrl = defaultBaseUrl, allowHost = [] }: GlobalOptions): string =>
  checkBaseUrl(apiUrl, new URL(defaultBaseUrl).hostname, allowHost)

export function createContext(given: Omit<Context, 'err' | 'style' | 'createClient'>): Context {
  const { io, options, sources } = given
  const err = createStderr(io, options)
  return {
    ...given,
    err,
    style: createStyle(io.isTTY.stdout, io.env),
    async createClient(extra = {}) {
      // Not at the top: help and completion do not need it.
      const { createClient } = await import('@cekura-kit/client')
      const baseUrl = readBaseUrl(options)
      const apiKey = await readKey(options, sources, io.stdin)
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

import type { Io } from '../io.ts'
import { formatNumber } from './format-number.ts'
import type { Err } from './stderr.ts'

export const progressModes = ['auto', 'json', 'none'] as const
export type ProgressMode = (typeof progressModes)[number]

export interface Progress {
  /** Share done, from 0 to 1, and counts. Only called when it is shown. */
  update(read: () => ProgressState): void
  /** An event for programs, such as a retry. */
  event(name: string, facts: object): void
  /** Removes the bar. */
  end(): void
}

export interface ProgressState {
  share: number
  /** Counts by name, in order. */
  counts: Readonly<Record<string, number>>
}

/** A bar where a line can be rewritten and a person can see it. */
function chooseMode({ isTTY, isQuiet }: Err, mode: ProgressMode, env: Io['env']) {
  if (mode !== 'auto') return mode
  const isCi = !['', '0', 'false'].includes(env['CI'] ?? '')
  if (isQuiet) return 'none'
  return isTTY && !isCi && env['TERM'] !== 'dumb' ? 'bar' : 'plain'
}

const everyMs = { bar: 100, plain: 10_000, json: 1000, none: 0 }
const maxBarWidth = 24
const minBarWidth = 6

const pair = (value: number): string => String(value).padStart(2, '0')

/** Seconds as `m:ss`, or `h:mm:ss`; a dash for null. */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return '–'
  const whole = Math.max(0, Math.round(seconds))
  const minutes = Math.floor(whole / 60)
  return minutes < 60
    ? `${minutes}:${pair(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${pair(whole % 60)}`
}

const formatCounts = (counts: ProgressState['counts']): string =>
  Object.entries(counts)
    .map(([name, count]) => `${formatNumber(count)} ${name}`)
    .join(', ')

/** Time left at the rate since the start; undefined until it is known. */
export function timeLeftMs(elapsedMs: number, first: number, share: number): number | undefined {
  if (elapsedMs < 2000 || share <= first || share >= 1) return undefined
  return (elapsedMs * (1 - share)) / (share - first)
}

/**
 * Progress of a long command: a bar in a terminal, otherwise a line every ten seconds, or JSON events.
 */
export function createProgress(
  err: Err,
  mode: ProgressMode,
  { now, env }: Pick<Io, 'now' | 'env'>,
): Progress {
  const shown = chooseMode(err, mode, env)
  const start = now()
  let shownAt = shown === 'plain' ? start : -Infinity
  let first: number | undefined
  return {
    update(read) {
      if (shown === 'none' || now() - shownAt < everyMs[shown]) return
      shownAt = now()
      const { share, counts } = read()
      first ??= share
      const leftMs = timeLeftMs(shownAt - start, first, share)
      const left = leftMs === undefined ? '' : `, ${formatSeconds(leftMs / 1000)} left`
      const percent = `${Math.floor(share * 100)}%`
      if (shown === 'json') {
        const eta_seconds = leftMs === undefined ? null : Math.round(leftMs / 1000)
        err.event({ event: 'progress', share: Number(share.toFixed(4)), ...counts, eta_seconds })
      } else if (shown === 'plain') err.note(`${percent}, ${formatCounts(counts)}${left}`)
      else {
        const text = `${percent.padStart(4)}  ${formatCounts(counts)}${left}`
        const room = Math.min(maxBarWidth, err.columns() - text.length - 2)
        const full = Math.round(share * room)
        const bar = room < minBarWidth ? '' : `${'█'.repeat(full)}${'░'.repeat(room - full)} `
        err.status(`${bar}${text}`)
      }
    },
    event(name, facts) {
      if (shown === 'json') err.event({ event: name, ...facts })
    },
    end: () => err.status(''),
  }
}

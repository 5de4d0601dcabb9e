import { formatNumber, formatSeconds } from '@cekura-kit/call-format'
import type { Io } from '../io.ts'
import type { Err } from './stderr.ts'

export interface Progress extends Disposable {
  /** @param share what is done, from 0 to 1 */
  update(share: number, calls: number): void
  /** Removes the bar. */
  [Symbol.dispose](): void
}

const barMs = 100
const lineMs = 10_000
const maxBarWidth = 24
const minBarWidth = 6

/** Time left at the rate since the start; undefined until it is known. */
export function timeLeftMs(elapsedMs: number, first: number, share: number): number | undefined {
  if (elapsedMs < 2000 || share <= first || share >= 1) return undefined
  return (elapsedMs * (1 - share)) / (share - first)
}

/** A bar before a text, where there is room for it. */
function drawBar(share: number, text: string, columns: number): string {
  const width = Math.min(maxBarWidth, columns - text.length - 2)
  const full = Math.round(share * width)
  return width < minBarWidth ? text : `${'█'.repeat(full)}${'░'.repeat(width - full)} ${text}`
}

/**
 * Progress of a long command: a bar where a line can be rewritten and a person can see it, otherwise a
 * message every ten seconds.
 */
export function createProgress(err: Err, { now, env, columns }: Io): Progress {
  const isCi = !['', '0', 'false'].includes(env['CI'] ?? '')
  const isBar = err.isTTY && !isCi && env['TERM'] !== 'dumb'
  const start = now()
  let shownAt = isBar ? -Infinity : start
  let first: number | undefined
  return {
    update(share, calls) {
      if (now() - shownAt < (isBar ? barMs : lineMs)) return
      shownAt = now()
      first ??= share
      const leftMs = timeLeftMs(shownAt - start, first, share)
      const left = leftMs === undefined ? '' : `, ${formatSeconds(leftMs / 1000)} left`
      const text = `${formatNumber(calls)} calls${left}`
      const percent = `${Math.floor(share * 100)}%`
      if (isBar) err.status(drawBar(share, `${percent.padStart(4)}  ${text}`, columns()))
      else err.note(`${percent}, ${text}`)
    },
    [Symbol.dispose]: () => err.status(''),
  }
}

const number = new Intl.NumberFormat('en')
const day = { month: 'short', day: '2-digit' } as const
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

export const formatCount = (value: number): string => number.format(value)

const pad = (part: number): string => String(part).padStart(2, '0')

/** `4:07`, or `1:02:33`; a dash when unknown. */
export function formatSeconds(value: number | null): string {
  if (value === null) return '–'
  const seconds = Math.round(value)
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes}:${pad(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`
}

export const formatShare = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)}%`

/** Month, day, hours and minutes, in UTC unless the reader asked for local time. */
export function formatTime(text: string, zone: string): string {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) return '–'
  const timeZone = zone === 'local' ? {} : { timeZone: 'UTC' }
  return new Intl.DateTimeFormat('en', { ...day, ...clock, ...timeZone }).format(date)
}

const statusWords: Record<string, string> = {
  success: 'Success',
  failure: 'Failure',
  reviewed_success: 'Success, reviewed',
  reviewed_failure: 'Failure, reviewed',
  yes: 'Reviewed',
  no: 'Not reviewed',
  '': '(none)',
}
export const formatWord = (value: string): string => statusWords[value] ?? value

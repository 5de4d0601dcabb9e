/** A part of a time. */
const twoDigits = (part: number): string => String(part).padStart(2, '0')

/** Seconds as `MM:SS`, without fractions; minutes can exceed 59. */
export function formatDuration(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${twoDigits(Math.floor(whole / 60))}:${twoDigits(whole % 60)}`
}

/** Seconds of a duration as {@link formatDuration} writes it; 0 of any other value. */
export function parseDuration(duration: unknown): number {
  const match = /^(\d+):(\d{2})$/.exec(String(duration))
  return match ? Number(match[1]) * 60 + Number(match[2]) : 0
}

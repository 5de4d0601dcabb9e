/** A part of a time. */
const twoDigits = (part: number): string => String(part).padStart(2, '0')

/** Seconds as `MM:SS`, without fractions; minutes can exceed 59. */
export function formatDuration(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${twoDigits(Math.floor(whole / 60))}:${twoDigits(whole % 60)}`
}

/** Seconds of a duration that {@link formatDuration} wrote. */
export function parseDuration(duration = '00:00'): number {
  const [minutes, seconds] = duration.split(':').map(Number)
  return minutes! * 60 + seconds!
}

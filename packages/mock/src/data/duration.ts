/** Seconds as `MM:SS`; minutes can exceed 59. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  const pad = (part: number): string => String(part).padStart(2, '0')
  return `${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`
}

/** Seconds of a duration that {@link formatDuration} wrote. */
export function parseDuration(duration = '00:00'): number {
  const [minutes, seconds] = duration.split(':').map(Number)
  return minutes! * 60 + seconds!
}

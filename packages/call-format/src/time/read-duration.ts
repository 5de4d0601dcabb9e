/** `MM:SS`, or `HH:MM:SS` should a provider send it, in seconds; null when it is neither. */
export function readDuration(text: unknown): number | null {
  if (typeof text !== 'string' || !/^\d+(:[0-5]\d){1,2}$/.test(text)) return null
  return text.split(':').reduce((total, part) => total * 60 + Number(part), 0)
}

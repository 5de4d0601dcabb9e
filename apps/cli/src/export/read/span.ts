/** A time range in Unix milliseconds; `end` is exclusive. */
export interface Span {
  start: number
  end: number
}

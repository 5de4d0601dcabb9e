// JSON leaves these as they are, and a terminal may act on them.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u007f-\u009f\u2028\u2029]/g

/** One call log as a line of NDJSON: the whole object, no control character but the line's end. */
export function encodeNdjsonRow(call: object): string {
  const text = JSON.stringify(call).replaceAll(
    controls,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${text}\n`
}

import {
  columnNames,
  csvHeader,
  encodeCsvLine,
  encodeCsvRow,
  encodeNdjsonRow,
} from '@cekura-kit/call-format'
import type { CallLog } from '@cekura-kit/client'
import { UsageError } from './command-error.ts'
import type { Format } from './command-options.ts'
import type { Context } from './context.ts'
import { encodeJson } from './terminal/encode-json.ts'

export interface CallOutput {
  format: Format
  fields: readonly string[] | undefined
  showPii: boolean
}

export interface CallWriter {
  write(call: CallLog): Promise<void>
  /** Writes what had to wait for the last call. `facts` stand beside `calls` in JSON. */
  end(facts: object): Promise<void>
}

/** Fields that the API documents; it may send more. */
const documented = new Set<string>(columnNames.filter((name) => name !== 'extra'))

/** @throws {UsageError} when a field is neither documented nor in one of the calls */
function checkFields(fields: readonly string[] | undefined, seen: ReadonlySet<string>): void {
  const stranger = fields?.find((name) => !documented.has(name) && !seen.has(name))
  if (stranger !== undefined)
    throw new UsageError(
      `Cannot show the field "${stranger.slice(0, 80)}": no call has it; there are ${[...new Set([...documented, ...seen])].join(', ')}`,
      ['--fields', 'id,timestamp,status,topic'],
    )
}

const pick = (call: CallLog, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((name) => (name in call ? [[name, call[name as keyof CallLog]]] : [])),
  )

/**
 * Writes call logs to stdout in one of the formats.
 *
 * Lines of NDJSON and CSV go out as calls come. A table and JSON wait for the last one.
 */
export function createCallWriter(
  { out, err, io, style }: Pick<Context, 'out' | 'err' | 'io' | 'style'>,
  { format, fields, showPii }: CallOutput,
): CallWriter {
  const calls: CallLog[] = []
  let isFirst = true
  const isStreamed = format === 'ndjson' || format === 'csv'
  const csvTarget = io.isTTY.stdout ? 'terminal' : 'file'
  const line = (call: CallLog): string => {
    if (format === 'ndjson') return encodeNdjsonRow(fields ? pick(call, fields) : call)
    if (!fields) return encodeCsvRow(call, csvTarget)
    return encodeCsvLine(
      fields.map((name) => call[name as keyof CallLog]),
      csvTarget,
    )
  }
  const header = format !== 'csv' ? '' : fields ? encodeCsvLine(fields) : csvHeader
  return {
    async write(call) {
      if (!isStreamed) {
        calls.push(call)
        return
      }
      if (isFirst) {
        checkFields(fields, new Set(Object.keys(call)))
        await out.write(header)
      }
      isFirst = false
      await out.write(line(call))
    },
    async end(facts) {
      if (isStreamed) {
        if (isFirst) await out.write(header)
        return
      }
      checkFields(fields, new Set(calls.flatMap((call) => Object.keys(call))))
      if (format === 'json') {
        const rows = fields ? calls.map((call) => pick(call, fields)) : calls
        const document = { schema_version: 1, ...facts, calls: rows }
        await out.write(`${encodeJson(document, io.isTTY.stdout ? 2 : 0)}\n`)
        return
      }
      if (calls.length === 0) return
      const { formatCalls } = await import('./call-table.ts')
      const width = io.columns()
      const { text, leftOut } = formatCalls(calls, { fields, showPii, width, style })
      await out.write(`${text}\n`)
      // A person reads the notes below it.
      await out.flush()
      if (leftOut.length > 0)
        err.note(`No room for ${leftOut.join(', ')}; --fields chooses, --format json has all.`)
    },
  }
}

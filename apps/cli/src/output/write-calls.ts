import {
  columnNames,
  csvHeader,
  encodeCsvLine,
  encodeCsvRow,
  encodeNdjsonRow,
} from '@cekura-kit/call-format'
import type { CallLog } from '@cekura-kit/client'
import type { Context } from '../context.ts'
import { UsageError } from '../errors/command-error.ts'
import { didYouMean } from '../errors/did-you-mean.ts'
import type { Format } from '../options/flags.ts'
import { encodeJson } from '../terminal/encode-json.ts'

export interface CallOutput {
  format: Format
  fields: readonly string[] | undefined
  /** Time zone of tables. */
  zone: string
  /** One line per field in place of a table. */
  isRecord?: boolean
  /** Name of the array in JSON; default `calls`. */
  name?: string
  /** Fields that can be selected, and those of the first call; default those of a call. */
  known?: readonly string[]
}

export interface CallWriter {
  write(call: CallLog): Promise<void>
  /** Writes what needs all calls. `facts` are next to `calls` in JSON. */
  end(facts: object): Promise<void>
}

/** Fields that the API documents; it may send more. */
const callFields: readonly string[] = columnNames.filter((name) => name !== 'extra')

/** @throws {UsageError} if a field is neither known nor in one of the calls */
function checkFields(
  { fields, known: documented = callFields }: CallOutput,
  seen: ReadonlySet<string>,
): void {
  const known = [...new Set([...documented, ...seen])]
  const unknownField = fields?.find((name) => !known.includes(name))
  if (unknownField === undefined) return
  const hint =
    didYouMean(unknownField, known).replace(/^\./, '') || ` Available: ${known.join(', ')}.`
  throw new UsageError(`Unknown field "${unknownField.slice(0, 80)}".${hint}`, [
    '--fields',
    known.slice(0, 4).join(','),
  ])
}

const pick = (call: CallLog, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((name) =>
      Object.hasOwn(call, name) ? [[name, call[name as keyof CallLog]]] : [],
    ),
  )

/** Names the columns that do not fit the terminal. */
export function noteHidden(hidden: readonly string[], { note }: Pick<Context['err'], 'note'>) {
  if (hidden.length > 0)
    note(`Terminal too narrow: ${hidden.join(', ')} hidden. Use --format json.`)
}

type Writing = Pick<Context, 'out' | 'err' | 'io' | 'style'>

/** Lines go out as calls arrive. */
function createLineWriter({ out, io }: Writing, output: CallOutput): CallWriter {
  const { format, fields } = output
  const isCsv = format === 'csv'
  const target = io.isTTY.stdout ? 'terminal' : 'file'
  const line = (call: CallLog): string => {
    if (!isCsv) return encodeNdjsonRow(fields ? pick(call, fields) : call)
    if (!fields) return encodeCsvRow(call, target)
    const values = fields.map((name) => call[name as keyof CallLog])
    return encodeCsvLine(values, target)
  }
  let header = isCsv ? (fields ? encodeCsvLine(fields) : csvHeader) : ''
  let isChecked = false
  return {
    async write(call) {
      if (!isChecked) checkFields(output, new Set(Object.keys(call)))
      isChecked = true
      await out.write(header + line(call))
      header = ''
    },
    end: () => out.write(header),
  }
}

/** A table and JSON wait for the last call. */
function createDocumentWriter({ out, err, io, style }: Writing, output: CallOutput): CallWriter {
  const { format, fields, zone, isRecord, name = 'calls' } = output
  const calls: CallLog[] = []
  return {
    write(call) {
      calls.push(call)
      return Promise.resolve()
    },
    async end(facts) {
      checkFields(output, new Set(calls.flatMap((call) => Object.keys(call))))
      if (format === 'json') {
        const rows = fields ? calls.map((call) => pick(call, fields)) : calls
        const document = { schema_version: 1, ...facts, [name]: rows }
        await out.write(`${encodeJson(document, io.isTTY.stdout ? 2 : 0)}\n`)
        return
      }
      if (calls.length === 0) return
      const screen = { fields, width: io.columns(), style, zone }
      if (isRecord) {
        const { formatRecords } = await import('./format-record.ts')
        await out.write(`${formatRecords(calls, screen)}\n`)
        return
      }
      const { formatCalls } = await import('./call-table.ts')
      const { text, hidden } = formatCalls(calls, screen)
      await out.write(`${text}\n`)
      // The messages below refer to it.
      await out.flush()
      noteHidden(hidden, err)
    },
  }
}

/** Writes calls to stdout in one of the formats, as they are given. */
export function createCallWriter(context: Writing, output: CallOutput): CallWriter {
  const isStreamed = output.format === 'ndjson' || output.format === 'csv'
  return (isStreamed ? createLineWriter : createDocumentWriter)(context, output)
}

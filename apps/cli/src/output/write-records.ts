import { encodeCsvLine, encodeNdjsonRow, plural } from '@cekura-kit/call-format'
import {
  plainProperties,
  propertiesOf,
  responseSchema,
  selectDeclared,
} from '@cekura-kit/call-format/declared'
import type { operationDescriptors } from '@cekura-kit/types'
import type { Context } from '../context.ts'
import { UsageError } from '../errors/command-error.ts'
import { findSimilar, suggestName } from '../errors/did-you-mean.ts'
import type { Format } from '../options/flags.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { formatCalls, type Row } from './call-table.ts'
import { formatRecords } from './format-record.ts'

/** Values of the flags for output. */
export interface OutputOptions {
  format?: Format | undefined
  json: boolean | undefined
  fields?: readonly string[] | undefined
  showPii?: boolean | undefined
  tz: string
}

export interface RecordOutput {
  /** What returns the records; its response declares their properties. */
  operation: keyof typeof operationDescriptors
  /** Name of the array in JSON; default `calls`. */
  name?: string
  /** Default: every declared property, masked if it is sensitive; in a table, the usual columns of a call. */
  defaultFields?: readonly string[]
  /** Default in a table, which has less room. */
  tableFields?: readonly string[]
  /** One line per field in place of a table. */
  isRecord?: boolean
}

export interface RecordWriter {
  write(record: object): Promise<void>
  /** Writes what needs all records. `facts` are next to them in JSON. */
  end(facts: object): Promise<void>
}

/** @throws {UsageError} if a field is not declared */
function checkFields(fields: readonly string[], declared: readonly string[]): void {
  const unknownField = fields.find((name) => !declared.includes(name))
  if (unknownField === undefined) return
  const similar = findSimilar(unknownField, declared)
  const better = similar && fields.map((name) => (name === unknownField ? similar : name))
  throw new UsageError(
    `Unknown field "${unknownField.slice(0, 80)}". ${suggestName(unknownField, declared)}`,
    ['--fields', (better || declared.slice(0, 4)).join(',')],
  )
}

const pick = (record: Row, fields: readonly string[]): Row =>
  Object.fromEntries(
    fields.flatMap((name) => (Object.hasOwn(record, name) ? [[name, record[name]]] : [])),
  )

/**
 * Writes the declared properties of records to stdout: NDJSON and CSV as they arrive, JSON and tables
 * at the end. The default format is a table in a terminal and NDJSON in a pipe.
 *
 * @throws {UsageError} if a field is not declared
 */
export function createRecordWriter(
  { out, io, style }: Pick<Context, 'out' | 'io' | 'style'>,
  options: OutputOptions,
  { operation, name = 'calls', defaultFields, tableFields, isRecord }: RecordOutput,
): RecordWriter {
  const { isTTY } = io
  const format = options.json ? 'json' : (options.format ?? (isTTY.stdout ? 'table' : 'ndjson'))
  const schema = responseSchema(operation)
  const declared = Object.keys(propertiesOf(schema))
  const fields = options.fields ?? (format === 'table' ? tableFields : undefined) ?? defaultFields
  checkFields(fields ?? [], declared)
  const titles = fields ?? declared
  const csvTarget = isTTY.stdout ? 'terminal' : 'file'
  let header = format === 'csv' ? encodeCsvLine(titles) : ''
  const records: Row[] = []
  return {
    async write(record) {
      const shown = selectDeclared(schema, record, options.showPii === true) as Row
      const row = fields ? pick(shown, fields) : shown
      if (format === 'ndjson') await out.write(encodeNdjsonRow(row))
      else if (format === 'csv') {
        const values = titles.map((title) => row[title])
        await out.write(header + encodeCsvLine(values, csvTarget))
        header = ''
      } else records.push(row)
    },
    async end(facts) {
      if (format === 'json') {
        const document = { schema_version: 1, ...facts, [name]: records }
        await out.write(`${encodeJson(document, isTTY.stdout ? 2 : 0)}\n`)
      } else if (format === 'csv') await out.write(header)
      if (format !== 'table' || records.length === 0) return
      const screen = { fields, width: io.columns(), style, zone: options.tz }
      await out.write(`${(isRecord ? formatRecords : formatCalls)(records, screen)}\n`)
    },
  }
}

/** Writes what a list of agents or metrics returns, without sensitive properties. */
export async function writeRecords(
  context: Context,
  options: OutputOptions,
  output: RecordOutput & { name: string },
  records: AsyncIterable<object> | Iterable<object>,
): Promise<void> {
  const defaultFields = plainProperties(responseSchema(output.operation))
  const writer = createRecordWriter(context, options, { ...output, defaultFields })
  let count = 0
  for await (const record of records) {
    await writer.write(record)
    count += 1
  }
  await writer.end({})
  context.err.note(`${plural(count, output.name.replace(/s$/, ''))}.`)
}

import type { operationDescriptors } from '@cekura-kit/types'
import type { Context } from '../context.ts'
import { plural } from '../terminal/format-number.ts'
import { plainProperties, responseSchema, selectDeclared } from '@cekura-kit/call-format/declared'
import { createCallWriter, type CallOutput } from './write-calls.ts'

/** Writes what a list returns: its declared properties without sensitive ones. */
export async function writeRecords(
  operation: keyof typeof operationDescriptors,
  records: AsyncIterable<object> | Iterable<object>,
  output: CallOutput & { name: string },
  context: Context,
): Promise<void> {
  const schema = responseSchema(operation)
  const known = plainProperties(schema)
  const fields = output.fields ?? known
  const writer = createCallWriter(context, { ...output, fields, known })
  let count = 0
  for await (const record of records) {
    await writer.write(selectDeclared(schema, record, false) as never)
    count += 1
  }
  await writer.end({})
  context.err.note(`${plural(count, output.name.replace(/s$/, ''))}.`)
}

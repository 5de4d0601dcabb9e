import { join } from 'node:path'
import type { Consumer } from '../harness/consumer.ts'
import type { CommandResult } from '../harness/run-command.ts'

export interface CompileOptions {
  /** Absolute path of `tsc`; default the `typescript` dependency of the consumer. */
  tsc?: string
  files: readonly string[]
  /** Added to strict options for Node; default `nodenext`. */
  compilerOptions?: { [option: string]: unknown }
  flags?: readonly string[]
}

/** Compiles files of a consumer with `skipLibCheck: false`, so that our declarations are checked. */
export async function compile(
  consumer: Consumer,
  { tsc, files, compilerOptions, flags = [] }: CompileOptions,
): Promise<CommandResult> {
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: 'es2022',
    module: 'nodenext',
    // cspell:ignore asynciterable
    lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: [],
    ...compilerOptions,
  }
  await consumer.write('tsconfig.json', JSON.stringify({ compilerOptions: options, files }))
  const program = tsc ?? join(consumer.folder, 'node_modules/typescript/bin/tsc')
  return consumer.try(process.execPath, [program, '-p', '.', '--pretty', 'false', ...flags])
}

import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import type { Context } from './context.ts'

/** Gives the context that was made for a command when its flags were read. */
export type ContextOf = (command: CommandUnknownOpts) => Context

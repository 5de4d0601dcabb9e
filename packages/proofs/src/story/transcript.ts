import { stripVTControlCharacters } from 'node:util'
import { tryCommand } from '../harness/run-command.ts'

export interface CommandExpectation {
  /** Exit code; default 0. */
  exits?: number
  /** Where the output that the guide shows starts; default its first line. */
  from?: string
  /** Lines of the output that the guide shows; default all. */
  keeps?: RegExp
  /** Lines of the output that an excerpt shows; an excerpt leaves out a command without it. */
  excerpt?: RegExp
}

/** Recorded commands with their output, as guides show them. */
export interface Recording {
  full: string
  excerpt: string
}

export interface Transcript {
  /**
   * Runs a command of a guide in a shell, and records it with its output.
   *
   * @throws {Error} with the output when the exit code is another one
   */
  run(folder: string, command: string, expected?: CommandExpectation): Promise<string>
  /** Records what the reader of the guide does between two commands. */
  note(text: string): void
  /** Everything recorded since the last call. */
  take(): Recording
}

/** What differs from run to run, or is not about the story. */
const noise = [
  /^\$ |^\[[A-Z]+\]|^Error: ERR_PNPM|^ {2}[×│]/,
  /^\s*(Start at|Duration|RUN) |^⎯+$/,
  /^(added|changed|removed|up to date)\b.*\bin\b|^npm (notice|warn)/,
  /^🦋|git tags|^index [\da-f]+\.\./,
]

/** Output as a reader sees it: without terminal controls, times and paths of this machine. */
function normalize(output: string, folder: string): string {
  const lines = stripVTControlCharacters(output)
    .replaceAll(folder, '~')
    .split('\n')
    .filter((line) => !noise.some((pattern) => pattern.test(line)))
    .map((line) => line.replaceAll(/ *\b\d+(\.\d+)?m?s\b/g, '').trimEnd())
  return lines
    .join('\n')
    .replaceAll(/\n{2,}/g, '\n')
    .replaceAll(/^\n|\n$/g, '')
}

/** What npm prints besides its answer depends on the settings of the machine. */
const plain = {
  CI: '1',
  NO_COLOR: '1',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
  npm_config_update_notifier: 'false',
}

/** @param env for every command */
export function createTranscript(env: NodeJS.ProcessEnv): Transcript {
  let full: string[] = []
  let excerpt: string[] = []
  return {
    async run(folder, command, expected = {}) {
      const options = { env: { ...env, ...plain } }
      const { code, output } = await tryCommand(folder, 'sh', ['-c', command], options)
      if (code !== (expected.exits ?? 0))
        throw new Error(`\`${command}\` exits with ${code}:\n${output}`)
      const text = normalize(
        output.slice(Math.max(0, output.lastIndexOf(expected.from ?? output))),
        folder,
      )
      const lines = text.split('\n').filter((line) => expected.keeps?.test(line) ?? line !== '')
      full.push(`$ ${command}`, ...lines)
      if (expected.excerpt)
        excerpt.push(`$ ${command}`, ...lines.filter((line) => expected.excerpt!.test(line)))
      return text
    },
    note(text) {
      full.push(`# ${text}`)
      excerpt.push(`# ${text}`)
    },
    take() {
      const recording = { full: full.join('\n'), excerpt: excerpt.join('\n') }
      full = []
      excerpt = []
      return recording
    },
  }
}

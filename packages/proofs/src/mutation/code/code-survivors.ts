/** What is read of a report of StrykerJS. */
export interface Report {
  files: {
    [file: string]: {
      source: string
      mutants: {
        status: string
        replacement?: string
        location: { start: Place; end: Place }
      }[]
    }
  }
}

/** Counted from 1. */
interface Place {
  line: number
  column: number
}

/** A change by its text, because line numbers move with every edit. */
interface Change {
  /** The changed lines, blanks as one. */
  code: string
  /** The same after the change. */
  becomes: string
}

/** Changes that no test can see, and why not, by file. */
export interface Explained {
  [file: string]: (Change & { why: string })[]
}

export interface Judgement {
  mutants: number
  killed: number
  /** Of the killed, those that a test waited for until it was given up. */
  timedOut: number
  /** Survivors that are explained. */
  harmless: number
  /** Survivors that are not. */
  survivors: (Change & { file: string })[]
  /** Explained, and killed by now or there no more. */
  stale: (Change & { file: string })[]
}

const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

function changeOf(source: string, replacement: string, start: Place, end: Place): Change {
  const lines = source.split('\n')
  const changed = lines.slice(start.line - 1, end.line)
  const before = changed[0]!.slice(0, start.column - 1)
  const after = changed.at(-1)!.slice(end.column - 1)
  return { code: squeeze(changed.join('\n')), becomes: squeeze(before + replacement + after) }
}

/** Holds what survived against what is explained. */
export function judgeReport({ files }: Report, explained: Explained): Judgement {
  const judged: Judgement = {
    mutants: 0,
    killed: 0,
    timedOut: 0,
    harmless: 0,
    survivors: [],
    stale: [],
  }
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const unused = new Set(explained[file])
    for (const { status, replacement = '', location } of mutants) {
      judged.mutants++
      if (status !== 'Survived' && status !== 'NoCoverage') {
        judged.killed++
        if (status === 'Timeout') judged.timedOut++
        continue
      }
      const change = changeOf(source, replacement, location.start, location.end)
      const excuse = explained[file]?.find(
        ({ code, becomes }) => code === change.code && becomes === change.becomes,
      )
      if (!excuse) judged.survivors.push({ file, ...change })
      else {
        judged.harmless++
        unused.delete(excuse)
      }
    }
    for (const { code, becomes } of unused) judged.stale.push({ file, code, becomes })
  }
  return judged
}

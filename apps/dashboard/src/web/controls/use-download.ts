import { useState } from 'react'
import { pageHeader } from '../../shared/dashboard-api.ts'
import { toProblem } from '../use-calls.ts'

const revokeMs = 60_000

/** Saves a file from the server. Resolves to the title of a problem, if there is one. */
async function download(path: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(path, { headers: pageHeader, signal })
    if (!response.ok) return toProblem(await response.json().catch(() => undefined)).title
    const [, name = 'calls'] =
      /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
    const url = URL.createObjectURL(await response.blob())
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    // The browser reads the file after this.
    setTimeout(() => URL.revokeObjectURL(url), revokeMs)
    return undefined
  } catch {
    return signal.aborted ? undefined : 'The download was interrupted. Try again.'
  }
}

/** Saves a file, or cancels the download that is running. */
export function useDownload(path: string) {
  const [problem, setProblem] = useState<string>()
  const [running, setRunning] = useState<AbortController>()
  const start = async (): Promise<void> => {
    const controller = new AbortController()
    setRunning(controller)
    setProblem(await download(path, controller.signal))
    setRunning(undefined)
  }
  return {
    problem,
    isRunning: running !== undefined,
    toggle: (): void => (running ? running.abort() : void start()),
  }
}

import { formatNumber, plural } from '@cekura-kit/call-format'
import { useState } from 'react'
import type { ExportQuery } from '../../shared/dashboard-api.ts'
import type { ShownProps } from '../page.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { download } from './download.ts'
import { Choice } from './fields.tsx'
import { Menu } from './menu.tsx'

const formats: readonly (readonly [ExportQuery['format'], string])[] = [
  ['csv', 'CSV'],
  ['ndjson', 'NDJSON'],
]
const rules: readonly (readonly [ExportQuery['pii'], string])[] = [
  ['mask', 'Masked'],
  ['drop', 'Dropped'],
  ['keep', 'Unmasked'],
]

interface DownloadProps {
  path: string
  label: string
  isDisabled: boolean
}

function DownloadButton({ path, label, isDisabled }: DownloadProps) {
  const [problem, setProblem] = useState<string>()
  const [running, setRunning] = useState<AbortController>()
  const start = async (): Promise<void> => {
    const controller = new AbortController()
    setRunning(controller)
    setProblem(await download(path, controller.signal))
    setRunning(undefined)
  }
  return (
    <>
      <Button
        icon={running ? 'cross' : 'download'}
        className="primary"
        disabled={isDisabled}
        onClick={() => (running ? running.abort() : void start())}
      >
        {running ? 'Cancel the download' : label}
      </Button>
      {problem && (
        <p className="note mistake" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

function ExportPanel({ shown: { filter, view, range, summary, settings } }: ShownProps) {
  const [format, setFormat] = useState<ExportQuery['format']>('csv')
  const [pii, setPii] = useState<ExportQuery['pii']>('mask')
  const { calls } = summary.now
  const query = new URLSearchParams(
    Object.entries({ ...filter, sort: view.sort, format, pii }).map(([name, value]) => [
      name,
      String(value),
    ]),
  )
  const command = `cekura-logs export --agent ${filter.agent_id} --from ${range.from} --to ${range.to} --format ${format} --pii ${pii} -o calls.${format}`
  return (
    <div>
      <p>
        <strong>{plural(calls, 'call')}</strong>, filtered and sorted as shown, with all fields.
      </p>
      {range.isPart && (
        <p className="note mistake">
          Of the newest {formatNumber(range.shown)} calls of {formatNumber(range.expected ?? 0)}.
        </p>
      )}
      <Choice legend="Format" value={format} options={formats} onChange={setFormat} />
      <Choice
        legend="Personal data"
        value={pii}
        options={rules.filter(([rule]) => settings.canReveal || rule !== 'keep')}
        onChange={setPii}
      />
      <DownloadButton
        path={`/api/export?${query}`}
        label={`Download ${format.toUpperCase()}`}
        isDisabled={calls === 0}
      />
      <p className="note">
        {format === 'csv' && 'One column per metric; safe to open in a spreadsheet. '}Long fields
        such as transcripts are loaded again, 100 calls at a time.
      </p>
      <div className="command">
        <span className="note">The complete range, without filters:</span>
        <CopyButton text={() => command} label="Copy CLI command" />
      </div>
    </div>
  )
}

/** The filtered calls as a file. */
export const ExportMenu = (props: ShownProps) => (
  <Menu icon="download" title="Export">
    <ExportPanel {...props} />
  </Menu>
)

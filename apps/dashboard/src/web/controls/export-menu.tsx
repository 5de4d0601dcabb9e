import { useRef, useState } from 'react'
import type { ExportQuery, FilterQuery, RangeState } from '../../shared/dashboard-api.ts'
import { formatCalls, formatCount } from '../../shared/format.ts'
import { Icon } from '../icons.tsx'
import { CopyButton } from './copy-button.tsx'
import { download } from './download.ts'
import { Choice, Menu } from './menu.tsx'

interface ExportMenuProps {
  filter: FilterQuery
  sort: string
  calls: number
  range: RangeState
  canReveal: boolean
}

const rules: readonly (readonly [ExportQuery['pii'], string])[] = [
  ['mask', 'Masked'],
  ['drop', 'Dropped'],
  ['keep', 'Unmasked'],
]

function DownloadButton({ path, label, isDisabled }: DownloadProps) {
  const [problem, setProblem] = useState<string>()
  const running = useRef<AbortController>(undefined)
  const [isRunning, setRunning] = useState(false)
  const start = async (): Promise<void> => {
    running.current = new AbortController()
    setRunning(true)
    setProblem(await download(path, running.current.signal))
    setRunning(false)
  }
  return (
    <>
      <button
        type="button"
        className="primary"
        disabled={isDisabled}
        onClick={() => (isRunning ? running.current?.abort() : void start())}
      >
        <Icon name={isRunning ? 'cross' : 'download'} />
        {isRunning ? 'Cancel the download' : label}
      </button>
      {problem && (
        <p className="note mistake" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

interface DownloadProps {
  path: string
  label: string
  isDisabled: boolean
}

function ExportPanel({ filter, sort, calls, range, canReveal }: ExportMenuProps) {
  const [format, setFormat] = useState<ExportQuery['format']>('csv')
  const [pii, setPii] = useState<ExportQuery['pii']>('mask')
  const query = new URLSearchParams(
    Object.entries({ ...filter, sort, format, pii }).map(([name, value]) => [name, String(value)]),
  )
  const command = `cekura-logs export --agent ${filter.agent_id} --from ${range.from} --to ${range.to} --format ${format} --pii ${pii} -o calls.${format}`
  return (
    <div className="export-menu">
      <p>
        <strong>{formatCalls(calls)}</strong>, filtered and sorted as shown, with all fields.
      </p>
      {range.isPart && (
        <p className="note mistake">
          Of the newest {formatCount(range.shown)} calls of {formatCount(range.expected ?? 0)}.
        </p>
      )}
      <Choice
        legend="Format"
        name="format"
        value={format}
        options={[
          ['csv', 'CSV'],
          ['ndjson', 'NDJSON'],
        ]}
        onChange={setFormat}
      />
      <Choice
        legend="Personal data"
        name="pii"
        value={pii}
        options={rules.filter(([rule]) => canReveal || rule !== 'keep')}
        onChange={setPii}
      />
      <DownloadButton
        path={`/api/export?${query}`}
        label={`Download ${format === 'csv' ? 'CSV' : 'NDJSON'}`}
        isDisabled={calls === 0}
      />
      <p className="note">
        {format === 'csv' && 'One column per metric; safe to open in a spreadsheet. '}Long fields
        such as transcripts are loaded again, 100 calls at a time.
      </p>
      <div className="command">
        <span className="note">The complete range, without filters:</span>
        <CopyButton text={command} label="Copy CLI command" />
      </div>
    </div>
  )
}

/** The filtered calls as a file. */
export const ExportMenu = (props: ExportMenuProps) => (
  <Menu icon="download" label="Export" title="Export">
    {() => <ExportPanel {...props} />}
  </Menu>
)

import { useState } from 'react'
import type { ExportQuery, FilterQuery, WindowState } from '../../shared/dashboard-api.ts'
import { formatCalls, formatCount } from '../format.ts'
import { Icon } from '../icons.tsx'
import { CopyButton } from './copy-button.tsx'
import { Choice, Menu } from './menu.tsx'

interface ExportMenuProps {
  filter: FilterQuery
  sort: string
  calls: number
  window: WindowState
  canReveal: boolean
}

const rules: readonly (readonly [ExportQuery['pii'], string])[] = [
  ['mask', 'Masked'],
  ['hash', 'Hashed'],
  ['drop', 'Dropped'],
  ['keep', 'Kept'],
]

function ExportPanel({ filter, sort, calls, window, canReveal }: ExportMenuProps) {
  const [format, setFormat] = useState<ExportQuery['format']>('csv')
  const [pii, setPii] = useState<ExportQuery['pii']>('mask')
  const query = new URLSearchParams(
    Object.entries({ ...filter, sort, format, pii }).map(([name, value]) => [name, String(value)]),
  )
  const command = `cekura-logs export --agent ${filter.agent_id} --from ${window.from} --to ${window.to} --format ${format} --pii ${pii} -o calls.${format}`
  return (
    <div className="export-menu">
      <p>
        <strong>{formatCalls(calls)}</strong>, as filtered and sorted here, with all fields.
      </p>
      {window.coveredFrom && (
        <p className="note mistake">
          Of the newest {formatCount(window.loaded)} calls of {formatCount(window.expected ?? 0)}.
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
      <a
        className={calls === 0 ? 'button primary disabled' : 'button primary'}
        aria-disabled={calls === 0}
        href={calls === 0 ? undefined : `/api/export?${query}`}
        download
      >
        <Icon name="download" />
        Download {format === 'csv' ? 'CSV' : 'NDJSON'}
      </a>
      <p className="note">
        {format === 'csv' && 'Safe to open in a spreadsheet. '}Long fields, transcripts for example,
        are read from the service again, a hundred calls at a time.
      </p>
      <div className="command">
        <span className="note">The whole range, without filters:</span>
        <CopyButton text={command} label="Copy the command" />
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

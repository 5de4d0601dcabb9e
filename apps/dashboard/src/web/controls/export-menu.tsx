import { formatNumber, plural } from '@cekura-kit/call-format'
import { useState } from 'react'
import type { ExportQuery } from '../../shared/dashboard-api.ts'
import type { ShownProps } from '../page.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { Choice } from './fields.tsx'
import { Menu } from './menu.tsx'
import { useDownload } from './use-download.ts'

const formats: readonly (readonly [ExportQuery['format'], string])[] = [
  ['csv', 'CSV'],
  ['ndjson', 'NDJSON'],
]
const rules: readonly (readonly [ExportQuery['pii'], string])[] = [
  ['mask', 'Masked'],
  ['drop', 'Dropped'],
  ['keep', 'Unmasked'],
]

/** The filtered calls as a file. */
export function ExportMenu({ shown: { filter, view, range, summary, settings } }: ShownProps) {
  const [format, setFormat] = useState<ExportQuery['format']>('csv')
  const [pii, setPii] = useState<ExportQuery['pii']>('mask')
  const { calls } = summary.now
  const query = Object.entries({ ...filter, sort: view.sort, format, pii })
  const params = new URLSearchParams(query.map(([name, value]) => [name, String(value)]))
  const download = useDownload(`/api/export?${params}`)
  const command = `cekura-logs export --agent ${filter.agent_id} --from ${range.from} --to ${range.to} --format ${format} --pii ${pii} -o calls.${format}`
  return (
    <Menu icon="download" title="Export">
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
        <Button
          icon={download.isRunning ? 'cross' : 'download'}
          className="primary"
          disabled={calls === 0}
          onClick={download.toggle}
        >
          {download.isRunning ? 'Cancel the download' : `Download ${format.toUpperCase()}`}
        </Button>
        {download.problem && (
          <p className="note mistake" role="alert">
            {download.problem}
          </p>
        )}
        <p className="note">
          {format === 'csv' && 'One column per metric; safe to open in a spreadsheet. '}Long fields
          such as transcripts are loaded again, 100 calls at a time.
        </p>
        <div className="command">
          <span className="note">The complete range, without filters:</span>
          <CopyButton text={() => command} label="Copy CLI command" />
        </div>
      </div>
    </Menu>
  )
}

import { formatSeconds } from '@cekura-kit/call-format'
import type { TranscriptEntry } from '@cekura-kit/types'
import { useState } from 'react'
import { Finder } from '../controls/fields.tsx'

const maxEntries = 2000
const maxCharacters = 20_000

/** What an entry says; a tool call has data instead. */
const textOf = ({ content, data }: TranscriptEntry): string =>
  [content, data && JSON.stringify(data)].filter(Boolean).join(' ').slice(0, maxCharacters)

const timeOf = ({ time, start_time: start, timestamp }: TranscriptEntry): string =>
  time ?? formatSeconds(start ?? timestamp ?? null)

const isEntry = (value: unknown): value is TranscriptEntry =>
  typeof value === 'object' && value !== null

interface TranscriptProps {
  /** `transcript_object`. */
  entries: unknown
  /** `transcript`, for calls without entries. */
  text: unknown
}

/** A revealed transcript: who said what and when, with tool calls, and a search in it. */
export function Transcript({ entries, text }: TranscriptProps) {
  const [search, setSearch] = useState('')
  const needle = search.toLowerCase()
  const list = Array.isArray(entries) ? entries.filter(isEntry).slice(0, maxEntries) : []
  const found = list.filter((entry) =>
    `${entry.role} ${textOf(entry)}`.toLowerCase().includes(needle),
  )
  if (list.length === 0)
    return typeof text === 'string' && text !== '' ? (
      <pre dir="auto">{text.slice(0, maxCharacters)}</pre>
    ) : (
      <p className="note">This call has no transcript.</p>
    )
  return (
    <>
      <div className="transcript-search">
        <Finder label="Search the transcript" value={search} onChange={setSearch} />
        <span className="note" role="status">
          {found.length} of {list.length} entries
        </span>
      </div>
      <ol className="transcript">
        {found.map((entry, index) => (
          <li key={`${timeOf(entry)} ${index}`} className={entry.data ? 'tool' : undefined}>
            <span className="note">
              <b>{String(entry.role)}</b> {timeOf(entry)}
            </span>
            <p dir="auto">{textOf(entry)}</p>
          </li>
        ))}
      </ol>
    </>
  )
}

import { useState } from 'react'
import type { Settings } from '../../shared/dashboard-api.ts'
import { Icon } from '../icons.tsx'
import { maxNameCharacters, maxViews, readSavedViews, savedViewsKey } from '../saved-views.ts'
import { toViewSearch, type SavedView } from '../saved-views.ts'
import { readStored, writeStored } from '../stored.ts'
import { applyView } from '../use-view.ts'
import { Menu } from './menu.tsx'
import { ShareButton, type ShareProps } from './share-button.tsx'

interface ViewsProps {
  shown: ShareProps['shown']
  settings: Settings
}

interface ListProps {
  views: readonly SavedView[]
  onStore: (views: SavedView[]) => void
  onDone: () => void
}

function ViewList({ views, onStore, onDone }: ListProps) {
  if (views.length === 0)
    return (
      <p className="note">
        No saved views yet. A view is the filters, the time range and the columns.
      </p>
    )
  return (
    <ul>
      {views.map((view) => (
        <li key={view.name}>
          <button
            type="button"
            title={view.search}
            onClick={() => {
              onDone()
              applyView(view.search)
            }}
          >
            <span className="label">{view.name}</span>
          </button>
          <button
            type="button"
            className="quiet icon-only"
            aria-label={`Delete the view ${view.name}`}
            onClick={() => onStore(views.filter((other) => other !== view))}
          >
            <Icon name="cross" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function ViewsPanel({ shown, settings, onDone }: ViewsProps & { onDone: () => void }) {
  const [views, setViews] = useState(() => readSavedViews(readStored(savedViewsKey)))
  const [name, setName] = useState('')
  const [problem, setProblem] = useState('')
  const store = (next: SavedView[]): void => {
    setProblem(
      writeStored(savedViewsKey, next) ? '' : 'Could not save: browser storage is unavailable.',
    )
    setViews(next)
  }
  const save = (): void => {
    const title = name.trim()
    if (title === '') return
    const others = views.filter((view) => view.name !== title)
    if (others.length >= maxViews) return setProblem(`There can be ${maxViews} views. Delete one.`)
    store([...others, { name: title, search: toViewSearch(location.search) }])
    setName('')
  }
  return (
    <div className="views-menu">
      <ViewList views={views} onStore={store} onDone={onDone} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <label>
          View name
          <input
            value={name}
            maxLength={maxNameCharacters}
            placeholder="Name"
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <button type="submit" className="primary" disabled={name.trim() === ''}>
          Save view
        </button>
      </form>
      {problem && (
        <p className="note mistake" role="alert">
          {problem}
        </p>
      )}
      <ShareButton
        shown={shown}
        publicUrl={settings.publicUrl}
        change={{ call: undefined }}
        label="Copy a link to this view"
      />
    </div>
  )
}

/** Views stored in this browser, and a link to the current one. */
export const ViewsMenu = (props: ViewsProps) => (
  <Menu icon="star" label="Views" title="Saved views">
    {(close) => <ViewsPanel {...props} onDone={close} />}
  </Menu>
)

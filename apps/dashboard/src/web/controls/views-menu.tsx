import { useState } from 'react'
import { Icon } from '../icons.tsx'
import { maxNameCharacters, maxViews, readSavedViews, savedViewsKey } from '../saved-views.ts'
import { toViewSearch, type SavedView } from '../saved-views.ts'
import { readStored, writeStored } from '../stored.ts'
import { applyView } from '../use-view.ts'
import { CopyButton } from './copy-button.tsx'
import { Menu } from './menu.tsx'

const linkOf = (): string =>
  `${location.origin}${location.pathname}?${toViewSearch(location.search)}`

function ViewsPanel({ onDone }: { onDone: () => void }) {
  const [views, setViews] = useState(() => readSavedViews(readStored(savedViewsKey)))
  const [name, setName] = useState('')
  const [problem, setProblem] = useState('')
  const keep = (next: SavedView[]): void => {
    setProblem(writeStored(savedViewsKey, next) ? '' : 'This browser keeps nothing for the page.')
    setViews(next)
  }
  const save = (): void => {
    const title = name.trim()
    if (title === '') return
    const others = views.filter((view) => view.name !== title)
    if (others.length >= maxViews) return setProblem(`At most ${maxViews} views; delete one.`)
    keep([...others, { name: title, search: toViewSearch(location.search) }])
    setName('')
  }
  return (
    <div className="views-menu">
      {views.length === 0 ? (
        <p className="note">
          No saved views yet. A view is the filters, the time range and the columns.
        </p>
      ) : (
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
                onClick={() => keep(views.filter((other) => other !== view))}
              >
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <label>
          Save what is shown as
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
      <CopyButton text={linkOf} label="Copy a link to this view" />
    </div>
  )
}

/** Views kept in this browser; a link to one is its address. */
export const ViewsMenu = () => (
  <Menu icon="star" label="Views" title="Saved views">
    {(close) => <ViewsPanel onDone={close} />}
  </Menu>
)

import { useState } from 'react'
import { readStored, writeStored } from './stored.ts'

export type Theme = 'system' | 'light' | 'dark'

const key = 'cekura-kit.theme'

const readTheme = (): Theme => {
  const stored = readStored(key)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Sets the theme of the document; the system's unless the user chose one. */
export function applyTheme(theme: Theme = readTheme()): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(readTheme)
  return [
    theme,
    (next) => {
      writeStored(key, next === 'system' ? undefined : next)
      applyTheme(next)
      setTheme(next)
    },
  ]
}

import { useState } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const key = 'cekura-kit.theme'

/** The theme that the user chose. */
function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    // The browser can forbid storage.
    return 'system'
  }
}

/** Sets the theme of the document; the system's unless the user chose one. */
export function applyTheme(theme: Theme = readTheme()): void {
  document.documentElement.dataset['theme'] = theme
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(readTheme)
  const choose = (next: Theme): void => {
    applyTheme(next)
    setTheme(next)
    try {
      localStorage.setItem(key, next)
    } catch {
      // The choice lasts until the page is closed.
    }
  }
  return [theme, choose]
}

import { useState } from 'react'

/**
 * The text of a field that is applied later. It is replaced when the applied value changes; the
 * field itself stays and keeps the focus.
 */
export function useDraft(applied: string): [text: string, setText: (text: string) => void] {
  const [draft, setDraft] = useState({ applied, text: applied })
  if (draft.applied !== applied) setDraft({ applied, text: applied })
  return [draft.text, (text) => setDraft({ applied, text })]
}

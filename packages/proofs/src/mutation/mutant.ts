/** What a mutant changes. */
export type Artifact = 'document' | 'sandbox' | 'transport'

/** One single fault. Its id reproduces it. */
export interface Mutant {
  artifact: Artifact
  id: string
  /** The kind of fault, to count by. */
  operator: string
}

/** Which check noticed a mutant; empty when none did, and the mutant survives. */
export interface Result {
  killer?: string
  /** Group of that check. */
  group?: string
  message?: string
}

/** Grades a mutant by its id; undefined is no fault, which no check may notice. */
export type Grader = (id: string | undefined) => Promise<Result>

/** Some of the rows of a data set, in their order: where the n-th stands, without a list. */
export interface Members {
  has(index: number): boolean
  /** How many have a smaller index. */
  countBefore(index: number): number
  /** Index of the n-th, from 0. */
  at(n: number): number
}

export const everyRow: Members = {
  has: () => true,
  countBefore: (index) => index,
  at: (n) => n,
}

export const noRow: Members = {
  has: () => false,
  countBefore: () => 0,
  at: () => {
    throw new RangeError('No row is a member')
  },
}

export const assistants = ['asst_1234567890', 'agent_xyz789'] as const

const ten = 10
const shares = [7, 3] as const

function bits(mask: number): number {
  let count = 0
  for (let left = mask; left > 0; left &= left - 1) count++
  return count
}

/** Each way to give three of ten calls to the second assistant. */
const deals = Array.from({ length: 1 << ten }, (_, mask) => mask).filter(
  (mask) => bits(mask) === shares[1],
)

/**
 * The calls that an assistant took: of each ten the first assistant seven and the second three,
 * dealt anew for each ten. Because each ten has as many, the n-th is found by arithmetic, among ten
 * million as among ten.
 *
 * @param dealt a number from 0 up to, not including, 1 for each ten
 */
export function createAssistantShare(assistantId: string, dealt: (ten: number) => number): Members {
  const which = assistants.findIndex((id) => id === assistantId)
  if (which < 0) return noRow
  const share = shares[which]!
  const maskOf = (block: number): number => {
    const second = deals[Math.floor(dealt(block) * deals.length)]!
    return which === 1 ? second : ~second & ((1 << ten) - 1)
  }
  return {
    has: (index) => ((maskOf(Math.floor(index / ten)) >> (index % ten)) & 1) === 1,
    countBefore(index) {
      const block = Math.floor(index / ten)
      return block * share + bits(maskOf(block) & ((1 << (index % ten)) - 1))
    },
    at(n) {
      const block = Math.floor(n / share)
      let mask = maskOf(block)
      for (let passed = n % share; passed > 0; passed--) mask &= mask - 1
      return block * ten + Math.log2(mask & -mask)
    },
  }
}

/** Who took a call that is of no data set, as one that control has inserted. */
export const assistantOfStranger = (id: number): string =>
  assistants[Math.abs(id) % ten < shares[0] ? 0 : 1]

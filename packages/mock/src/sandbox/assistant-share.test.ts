import { expect, test } from 'vitest'
import {
  assistantOfStranger,
  assistants,
  createAssistantShare,
  everyRow,
} from './assistant-share.ts'
import { hashUnit } from './random.ts'

const [one, other] = assistants
const inRow = Array.from({ length: 10 }, (_, n) => n)

test('each ten is dealt anew: three of ten in each way there is', () => {
  const ways = 120
  const { has } = createAssistantShare(other, (ten) => ten / ways)
  const deals = Array.from({ length: ways }, (_, ten) => inRow.filter((n) => has(ten * 10 + n)))
  expect(new Set(deals.map(String)).size).toBe(ways)
  for (const deal of deals) expect(deal).toHaveLength(3)
})

test('the n-th call of an assistant is found by arithmetic', () => {
  const shares = assistants.map((id) => createAssistantShare(id, (ten) => hashUnit(9, ten, 14)))
  for (let index = 0; index < 1000; index++) {
    const [owner, ...others] = shares.filter(({ has }) => has(index))
    expect(others).toEqual([])
    expect(owner!.at(owner!.countBefore(index))).toBe(index)
  }
  expect(shares.map(({ countBefore }) => countBefore(1000))).toEqual([700, 300])
  expect([everyRow.has(5), everyRow.countBefore(5), everyRow.at(5)]).toEqual([true, 5, 5])
})

test('an assistant that there is not took no call', () => {
  const { has, countBefore, at } = createAssistantShare('nobody', () => 0)
  expect(inRow.map(has)).toEqual(inRow.map(() => false))
  expect(countBefore(1000)).toBe(0)
  expect(() => at(0)).toThrow(new RangeError('No row is a member'))
})

test('of ten inserted calls in a row the first assistant took seven, whatever their ids', () => {
  for (const from of [900_000_000, -19])
    expect(inRow.map((n) => assistantOfStranger(from + n)).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => other),
      ...Array.from({ length: 7 }, () => one),
    ])
})

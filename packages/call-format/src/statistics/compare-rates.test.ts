import { expect, test } from 'vitest'
import { compareMeans, meanOf } from './compare-means.ts'
import { compareRates, correctComparisons, minEvaluatedCalls } from './compare-rates.ts'
import { proportion, twoSidedP } from './proportion.ts'

test.each([
  [0, 1],
  [1, 0.31731050786],
  [1.959963984540054, 0.05],
  [2.5, 0.01241933065],
  [3, 0.00269979606],
  [6, 1.97317529e-9],
])('a z value of %d has the p value of the normal distribution', (z, p) => {
  expect(twoSidedP(z)).toBeCloseTo(p, 10)
  expect(twoSidedP(-z)).toBe(twoSidedP(z))
})

// Newcombe, Statistics in Medicine 17 (1998), p. 861 and p. 882, examples 81/263 and 56/70 - 48/80.
test('intervals are those of the published examples', () => {
  const wilson = proportion(81, 263)!
  expect([wilson.low, wilson.high].map((value) => value.toFixed(4))).toEqual(['0.2553', '0.3662'])
  const { low, high } = compareRates(
    { successes: 56, evaluated: 70 },
    { successes: 48, evaluated: 80 },
  )
  expect([low!, high!].map((value) => value.toFixed(4))).toEqual(['0.0524', '0.3339'])
})

test('two proportions are compared with the pooled z-test', () => {
  const change = compareRates({ successes: 90, evaluated: 200 }, { successes: 120, evaluated: 200 })
  // z = -0.15 / sqrt(0.525 · 0.475 · 0.01)
  expect(change.p).toBeCloseTo(0.002667, 5)
  expect(change).toMatchObject({ now: 0.45, before: 0.6, result: 'lower' })
})

test('a period with fewer than 30 evaluated calls has no result', () => {
  const few = { successes: 0, evaluated: minEvaluatedCalls - 1 }
  const many = { successes: 500, evaluated: 500 }
  expect(compareRates(few, many)).toMatchObject({ p: null, result: 'too_few_calls' })
  expect(compareRates(many, few)).toMatchObject({ p: null, result: 'too_few_calls' })
  expect(compareRates(many, { successes: 0, evaluated: 0 })).toMatchObject({
    difference: null,
    result: 'too_few_calls',
  })
})

test('equal rates of 0 % and 100 % do not differ', () => {
  for (const successes of [0, 50]) {
    const same = { successes, evaluated: 50 }
    expect(compareRates(same, same)).toMatchObject({ p: 1, result: 'not_significant' })
  }
})

test('several comparisons are corrected by the method of Holm', () => {
  const change = compareRates({ successes: 40, evaluated: 50 }, { successes: 20, evaluated: 50 })
  const changes = [0.01, 0.04, 0.03, 0.005].map((p) => ({ ...change, p }))
  const few = { ...change, p: null, result: 'too_few_calls' as const }
  const corrected = correctComparisons([...changes, few])
  expect(corrected.map(({ p }) => p && Number(p.toFixed(6)))).toEqual([
    0.03,
    0.06,
    0.06,
    0.02,
    null,
  ])
  expect(corrected.map(({ result }) => result)).toEqual([
    'higher',
    'not_significant',
    'not_significant',
    'higher',
    'too_few_calls',
  ])
})

/** Uniform numbers from a fixed seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

test('at most 6 % of samples without a difference are significant', () => {
  const random = createRandom(1)
  let flagged = { rates: 0, means: 0 }
  for (let run = 0; run < 1000; run += 1) {
    const sample = () => {
      const values = Array.from({ length: 60 + Math.floor(random() * 300) }, random)
      return {
        rate: {
          successes: values.filter((value) => value < 0.75).length,
          evaluated: values.length,
        },
        mean: meanOf(values),
      }
    }
    const [a, b] = [sample(), sample()]
    flagged = {
      rates: flagged.rates + Number(compareRates(a.rate, b.rate).p! < 0.05),
      means: flagged.means + Number(compareMeans(a.mean, b.mean).p! < 0.05),
    }
  }
  expect(flagged.rates).toBeLessThanOrEqual(60)
  expect(flagged.means).toBeLessThanOrEqual(60)
  expect(flagged.rates).toBeGreaterThan(20)
})

const sampleFrom = (low: number) =>
  meanOf(Array.from({ length: 50 }, (_, index) => low + (index % 2)))

test('two means are compared by their standard errors', () => {
  // The standard deviation is 0.50508, so the standard error of one mean is 0.0714.
  expect(compareMeans(sampleFrom(1), sampleFrom(1))).toMatchObject({
    difference: 0,
    result: 'not_significant',
  })
  expect(compareMeans(sampleFrom(1.1), sampleFrom(1)).p).toBeCloseTo(0.3222, 3)
  expect(compareMeans(sampleFrom(2), sampleFrom(1)).result).toBe('higher')
  expect(compareMeans(meanOf([]), sampleFrom(1)).result).toBe('too_few_calls')
})

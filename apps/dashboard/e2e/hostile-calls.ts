import { createCallLog } from '@cekura-kit/client/testing'
import type { CallLog } from '@cekura-kit/types'
import { now, type World } from './start-world.ts'

/** An agent with hostile calls only. */
export const hostileAgent = 2900

const megabyte = 'x'.repeat(2 ** 20)

/** Values that attack, or are empty, by name. */
export const hostileTexts = {
  markup: `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`,
  script: `"'\`;alert(1)//\${alert(1)}{{alert(1)}}</script>`,
  link: 'javascript:alert(1)',
  formula: '=HYPERLINK("http://evil.test","open me")',
  spacedFormula: '\u00a0\n@SUM(1+1)*cmd|"/C calc"!A0',
  escapes: '\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u001b[31mred\u0000\u0008\u009b',
  rightToLeft: '\u202Egnp.exe \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627',
  surrogate: 'half \ud83d of a face',
  invisible: '\u200b\u2066\ufeff',
  combining: `e${'\u0301'.repeat(300)}`,
} as const

const textFields = [
  'topic',
  'call_ended_reason',
  'dropoff_point',
  'error_message',
  'feedback',
  'call_id',
] as const
const nullable = [
  ...textFields,
  'duration',
  'success',
  'is_reviewed',
  'status',
  'metrics',
  'customer_number',
  'created_at',
  'updated_at',
]
const everywhere = (text: string): Record<string, unknown> =>
  Object.fromEntries(textFields.map((name) => [name, text]))

const others: Record<string, unknown>[] = [
  everywhere(megabyte),
  { status: 'escalated', success: 'maybe', is_reviewed: 'yes', duration: '1:2:3:4' },
  { status: '__proto__', topic: 'constructor', call_ended_reason: 'toString' },
  Object.fromEntries(nullable.map((name) => [name, null])),
  {
    metrics: [
      null,
      {},
      { id: 'x', name: null },
      { id: 1, name: hostileTexts.markup, type: null, score: 1e308 },
      { id: 1, name: 'the same id again', type: 'numeric', score: -1e308 },
      { id: 2, name: megabyte, type: 'enum', enum: megabyte, value: megabyte },
      { id: 3, name: hostileTexts.rightToLeft, type: 'enum', enum: hostileTexts.formula },
      ...Array.from({ length: 300 }, (_, n) => ({ id: n + 10, name: `M${n}`, score: n / 7 })),
    ],
  },
  { duration: '99999999:59', created_at: 'never', updated_at: '+275760-09-13T00:00:00.001Z' },
  {
    transcript: megabyte,
    transcript_object: Array.from({ length: 2000 }, (_, n) => ({ role: 'user', text: `t ${n}` })),
    ['<b>a field of tomorrow</b>']: { deep: [[[[{ a: hostileTexts.markup }]]]] },
  },
]

/** Calls with hostile values in every field, newest first. */
export const hostileCalls: readonly CallLog[] = [
  ...Object.values(hostileTexts).map(everywhere),
  ...others,
].map((fields, index) =>
  createCallLog({
    id: 7_000_001 + index,
    agent: hostileAgent,
    timestamp: new Date(now - (index + 1) * 60_000).toISOString(),
    success: index % 2 === 0,
    duration: '01:00',
    customer_number: `+1555010${2000 + index}`,
    ...fields,
  }),
)

export const insertHostileCalls = (world: World): Promise<void> =>
  world.control('/insert', hostileCalls)

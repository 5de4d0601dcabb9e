import { expect, test } from 'vitest'
import { responseSchema, selectDeclared } from './select-declared.ts'

const schema = responseSchema('callLogs.get')
const call = {
  id: 1,
  topic: 'refund',
  customer_number: '+15550101234',
  feedback: '',
  tomorrow: 'secret',
  evaluation: {
    metrics: [
      { id: 2, name: 'Greeting', type: 'binary', score: 0, explanation: ['Ann said'], x: 1 },
    ],
  },
  transcript_object: [{ role: 'Main Agent', content: 'Hello Ann' }],
}

test('undeclared properties are left out, and sensitive ones are masked, at any depth', () =>
  expect(selectDeclared(schema, call, false)).toEqual({
    id: 1,
    topic: 'refund',
    customer_number: '••••34',
    feedback: '',
    evaluation: {
      metrics: [{ id: 2, name: 'Greeting', type: 'binary', score: 0, explanation: '[masked]' }],
    },
    transcript_object: '[masked]',
  }))

test('sensitive properties are shown on request, undeclared ones never', () => {
  const shown = selectDeclared(schema, call, true)
  expect(shown).toMatchObject({ transcript_object: call.transcript_object, topic: 'refund' })
  expect(JSON.stringify(shown)).not.toContain('tomorrow')
})

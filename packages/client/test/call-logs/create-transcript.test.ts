import { createTranscript, type Turn } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { catchCekuraError } from '../support/catch-error.ts'

test('builds the entries of the format cekura', () => {
  expect(
    createTranscript([
      { speaker: 'agent', text: 'Order line.', startSeconds: 0.4, endSeconds: 2.1 },
      { speaker: 'caller', text: 'Hello.' },
      { tool: 'find_order', arguments: { customer: 4711 }, startSeconds: 5.9, endSeconds: 5.9 },
      { tool: 'find_order', result: { state: 'shipped' } },
      { tool: 'ping', arguments: {} },
      { tool: 'ping', result: 'pong' },
    ]),
  ).toEqual([
    { role: 'Main Agent', content: 'Order line.', start_time: 0.4, end_time: 2.1 },
    { role: 'Testing Agent', content: 'Hello.' },
    {
      role: 'Function Call',
      content: '',
      start_time: 5.9,
      end_time: 5.9,
      data: { name: 'find_order', arguments: '{"customer":4711}' },
    },
    { role: 'Function Call Result', data: { name: 'find_order', result: '{"state":"shipped"}' } },
    { role: 'Function Call', content: '', data: { name: 'ping', arguments: '{}' } },
    { role: 'Function Call Result', data: { name: 'ping', result: 'pong' } },
  ])
})

test.each<[invalid: unknown, message: string]>([
  [[], 'Invalid turns: expected a non-empty array, got an array of 0.'],
  ['Hello.', 'Invalid turns: expected a non-empty array, got a string.'],
  [['Hello.'], 'Invalid turns[0]: expected a turn, got a string.'],
  [
    [{ speaker: 'user', text: 'Hello.' }],
    'Invalid turns[0].speaker: expected "agent" or "caller", got a string.',
  ],
  [
    [{ speaker: 'toString', text: 'Hello.' }],
    'Invalid turns[0].speaker: expected "agent" or "caller", got a string.',
  ],
  [[{ speaker: 'agent', text: 7 }], 'Invalid turns[0].text: expected a string, got 7.'],
  [[{ tool: '' }], 'Invalid turns[0].tool: expected the name of a tool, got an empty string.'],
  [
    [{ speaker: 'agent', text: 'Hello.', startSeconds: '2025-01-16T09:12:40Z' }],
    'Invalid turns[0].startSeconds: expected seconds ≥ 0, got a string.',
  ],
  [
    [{ speaker: 'agent', text: 'Hello.', endSeconds: -1 }],
    'Invalid turns[0].endSeconds: expected seconds ≥ 0, got -1.',
  ],
  [
    [{ speaker: 'agent', text: 'Hello.', startSeconds: 3, endSeconds: 2 }],
    'Invalid turns[0].endSeconds: expected a time after startSeconds, got 2.',
  ],
])('rejects %j without repeating its text', async (turns, message) => {
  const error = await catchCekuraError(() => createTranscript(turns as Turn[]))
  expect([error.code, error.message]).toEqual(['usage', message])
})

import { fileURLToPath } from 'node:url'
import { lint, lintFromString, loadConfig } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { specFile } from './index.ts'

const config = await loadConfig({
  configPath: fileURLToPath(new URL('../redocly.yaml', import.meta.url)),
})

/** A small document without findings. */
const source = `openapi: 3.1.1
info:
  title: Things
  version: 0.0.0
  license: { name: MIT, identifier: MIT }
servers:
  - url: https://things.example
    description: The API.
tags:
  - name: Things
    description: Things.
security:
  - apiKey: []
paths:
  /things/:
    get:
      operationId: things.list
      tags: [Things]
      summary: List things
      description: Returns things.
      parameters:
        - name: after
          in: query
          description: Only later things, an RFC 3339 date-time.
          x-unit: RFC 3339
          schema:
            type: string
            format: date-time
        - name: name
          in: query
          description: Only things with this name, at least 1 character long.
          schema:
            type: string
            minLength: 1
      responses:
        '200':
          description: The things.
          headers:
            Age:
              description: Age of the response in seconds.
              x-unit: seconds
              schema:
                type: integer
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Thing'
        '404':
          description: There is no thing.
components:
  securitySchemes:
    apiKey:
      type: apiKey
      in: header
      name: X-Key
      description: The key.
  schemas:
    Thing:
      type: object
      description: A thing.
      properties:
        isNew:
          type: boolean
          description: Whether the thing is new.
        label:
          type: string
          maxLength: 100
          x-origin: chosen
          description: Label, at most 100 characters.
`

/** Findings after one replacement in the document. */
async function findings(from = '', to = '') {
  expect(source).toContain(from)
  return lintFromString({
    source: source.replace(from, to),
    absoluteRef: 'things.yaml',
    config,
  })
}
const rulesOf = (problems: { ruleId: string }[]): string[] => problems.map(({ ruleId }) => ruleId)

test('the hand-written document has no finding', async () => {
  expect(await lint({ ref: specFile, config })).toEqual([])
})

test('the small document has no finding', async () => {
  expect(await findings()).toEqual([])
})

test.each([
  { rule: 'cekura/units-stated', from: '          x-unit: RFC 3339\n', to: '' },
  { rule: 'cekura/units-stated', from: 'response in seconds.', to: 'response.' },
  { rule: 'cekura/units-stated', from: 'an RFC 3339 date-time', to: 'a time' },
  { rule: 'cekura/limits-described', from: 'at least 1 character long', to: 'not empty' },
  { rule: 'cekura/limits-described', from: 'Label, at most 100 characters.', to: 'Label.' },
  { rule: 'cekura/origin-known', from: 'x-origin: chosen', to: 'x-origin: invented' },
  {
    rule: 'cekura/described',
    from: '          description: Whether the thing is new.\n',
    to: '',
  },
  { rule: 'cekura/sensitive-marked', from: 'Label, at', to: 'Personal data. At' },
  { rule: 'cekura/sensitive-marked', from: 'Label, at', to: 'Long and confidential. At' },
  {
    rule: 'cekura/sensitive-marked',
    from: 'x-origin: chosen',
    to: "x-origin: chosen\n          x-sensitive: 'yes'",
  },
  {
    rule: 'cekura/text-in-path-and-header',
    from: '- name: name\n          in: query',
    to: '- name: name\n          in: path\n          style: label\n          required: true',
  },
  {
    rule: 'cekura/text-in-path-and-header',
    from: '- name: name\n          in: query\n          description: Only things with this name, at least 1 character long.\n          schema:\n            type: string',
    to: '- name: name\n          in: path\n          required: true\n          schema:\n            type: array\n            items: { type: string }',
  },
  {
    rule: 'cekura/text-in-path-and-header',
    from: 'schema:\n                type: integer',
    to: 'schema:\n                type: array\n                items: { type: integer }',
  },
  {
    rule: 'cekura/form-arrays-encoded',
    from: "      responses:\n        '200'",
    to: "      requestBody:\n        content:\n          application/x-www-form-urlencoded:\n            schema: { type: object, properties: { a: { type: array, items: { type: string } } } }\n      responses:\n        '200'",
  },
  { rule: 'operation-operationId', from: '      operationId: things.list\n', to: '' },
  { rule: 'operation-4xx-response', from: "'404'", to: "'500'" },
  { rule: 'struct', from: 'type: boolean', to: 'type: bool' },
])('$rule reports "$from" → "$to"', async ({ rule, from, to }) => {
  expect(rulesOf(await findings(from, to))).toContain(rule)
})

const first = '        isNew:\n'
const property = (name: string, more: string): string =>
  `        ${name}:\n          ${more}\n${first}`

test.each([
  { name: 'trace_id', more: 'type: integer\n          description: The trace of the call.' },
  { name: 'project', more: 'type: integer\n          description: Id of the project.' },
  { name: 'call_ids', more: 'type: integer\n          description: The calls.' },
])('an identifier such as $name needs no unit', async ({ name, more }) => {
  expect(await findings(first, property(name, more))).toEqual([])
})

test('every problem of one property is reported in one run, with the fix', async () => {
  const more = 'type: integer\n          minimum: 2\n          maximum: 9'
  const problems = await findings(first, property('wait', more))
  expect(problems.map(({ message }) => message).toSorted()).toEqual([
    'property "wait" needs a description',
    'property "wait" needs a unit: add `x-unit`, for example `x-unit: seconds`, and repeat the unit in its description',
    'the description of "wait" must contain its maximum: add the number 9',
    'the description of "wait" must contain its minimum: add the number 2',
  ])
})

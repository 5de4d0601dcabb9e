import { readFileSync } from 'node:fs'

/** One change of `spec/openapi.yaml`, written by hand as a maintainer would write it. */
export interface SpecEdit {
  name: string
  apply(text: string): string
}

/** Inserts lines after the first line that matches, counted from the first occurrence of `from`. */
function insertAfter(text: string, from: string, line: RegExp, added: string): string {
  const start = text.indexOf(from)
  const match = line.exec(text.slice(start))
  if (start < 0 || !match) throw new Error(`No line ${line} after "${from.trim()}" in the spec`)
  const at = start + match.index + match[0].length
  return text.slice(0, at) + added + text.slice(at)
}

const addPaths = (text: string, paths: string): string =>
  text.replace(/^components:$/m, () => `${paths.trimEnd()}\ncomponents:`)

const addParameter = (text: string, parameter: string): string =>
  insertAfter(text, '\ncomponents:', /^ {2}parameters:\n/m, parameter)

const errors = `        '401':
          $ref: '#/components/responses/Unauthorized'
`

const pathId = `      parameters:
        - $ref: '#/components/parameters/GrowthCallId'
`

const callId = `    GrowthCallId:
      name: id
      in: path
      required: true
      description: Id of the call log.
      schema:
        type: integer
      example: 481516
`

/** The parameter of edits e and h, once. */
const withCallId = (text: string): string =>
  text.includes('GrowthCallId:') ? text : addParameter(text, callId)

/** Adds a method to the path of one call log. */
function addToCall(text: string, method: string): string {
  const path = '  /growth/v1/call-logs/{id}/:\n'
  const withPath = text.includes(path) ? text : addPaths(text, path)
  return withCallId(withPath.replace(path, () => path + method))
}

/** The eight changes of an API that consumers met first, a to h. */
export const edits: readonly SpecEdit[] = [
  {
    name: 'a: optional query parameter',
    apply: (text) =>
      insertAfter(
        text,
        'operationId: callLogs.list',
        /^ {6}parameters:\n/m,
        `        - name: growth_project_id
          in: query
          description: Only calls of the project with this id.
          x-origin: chosen
          schema:
            type: integer
          example: 7
`,
      ),
  },
  {
    name: 'b: optional field',
    apply: (text) =>
      insertAfter(
        text,
        '\n    CallLog:\n',
        /^ {6}properties:\n/m,
        `        growth_agent_name:
          type: string
          description: Name of the agent.
          x-origin: chosen
          examples: [Front desk]
`,
      ),
  },
  {
    name: 'c: required parameter becomes optional',
    apply(text) {
      const start = text.indexOf('\n    AgentId:\n')
      return text.slice(0, start) + text.slice(start).replace(/^ {6}required: true\n/m, '')
    },
  },
  {
    name: 'd: one more enum value',
    apply(text) {
      const start = text.indexOf('\n    CallLogStatus:\n')
      return text.slice(0, start) + text.slice(start).replace(/^( +enum: \[.*)\]$/m, '$1, queued]')
    },
  },
  {
    name: 'e: GET with a path parameter',
    apply: (text) =>
      addToCall(
        text,
        `    get:
      operationId: growthCalls.get
      tags: [Call logs]
      summary: Get a call log
      description: Returns one call log.
      x-origin: chosen
${pathId}      responses:
        '200':
          description: The call log.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/CallLog'
              examples:
                call:
                  value:
                    id: 481516
                    call_id: call_abc123xyz
                    timestamp: '2025-01-15T09:30:00Z'
                    status: success
${errors}        '404':
          $ref: '#/components/responses/NotFound'
`,
      ),
  },
  {
    name: 'f: POST with a body',
    apply: (text) =>
      addPaths(
        text,
        `  /growth/v1/call-logs/evaluate/:
    post:
      operationId: growthCalls.evaluate
      tags: [Call logs]
      summary: Evaluate call logs
      description: Starts the evaluation of call logs.
      x-origin: chosen
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [call_ids]
              properties:
                call_ids:
                  type: array
                  description: Ids of the call logs.
                  items:
                    type: integer
            examples:
              two:
                value:
                  call_ids: [1, 2]
      responses:
        '202':
          description: The evaluation starts.
          content:
            application/json:
              schema:
                type: object
                required: [accepted]
                properties:
                  accepted:
                    type: integer
                    description: Number of accepted call logs.
                    x-unit: call logs
              examples:
                accepted:
                  value:
                    accepted: 2
        '400':
          $ref: '#/components/responses/BadRequest'
${errors}`,
      ),
  },
  {
    name: 'g: GET that returns an array',
    apply: (text) =>
      addPaths(
        text,
        `  /growth/v1/agents/:
    get:
      operationId: growthAgents.list
      tags: [Call logs]
      summary: List agents
      description: Returns the agents of a project.
      x-origin: chosen
      parameters:
        - name: project_id
          in: query
          description: Only agents of the project with this id.
          schema:
            type: integer
          example: 7
      responses:
        '200':
          description: The agents.
          content:
            application/json:
              schema:
                type: array
                items:
                  type: object
                  required: [id]
                  properties:
                    id:
                      type: integer
                      description: Id of the agent.
              examples:
                agents:
                  value:
                    - id: 2142
${errors}`,
      ),
  },
  {
    name: 'h: DELETE',
    apply: (text) =>
      addToCall(
        text,
        `    delete:
      operationId: growthCalls.remove
      tags: [Call logs]
      summary: Delete a call log
      description: Deletes a call log.
      x-origin: chosen
${pathId}      responses:
        '204':
          description: The call log is deleted.
${errors}        '404':
          $ref: '#/components/responses/NotFound'
`,
      ),
  },
]

const noteId = `    GrowthNoteId:
      name: id
      in: path
      required: true
      description: Id of the note.
      schema:
        type: integer
      example: 1
`

const note = `    GrowthNote:
      type: object
      description: A note.
      x-origin: chosen
      required: [id, text]
      properties:
        id:
          type: integer
          description: Id of the note.
        text:
          type: string
          description: Text of the note.
    GrowthProblem:
      type: object
      description: A problem.
      x-origin: chosen
      required: [title]
      properties:
        title:
          type: string
          description: What is wrong.
`

/** Operations of every kind that the kit supports. */
export const operationsOfEveryKind: SpecEdit = {
  name: 'i: operations of every kind',
  apply(text) {
    const paths = readFileSync(new URL('operations.yaml', import.meta.url), 'utf8')
    const withSchema = insertAfter(text, '\ncomponents:', /^ {2}schemas:\n/m, note)
    return addPaths(addParameter(withSchema, noteId), paths.replaceAll(/^(?=.)/gm, '  '))
  },
}

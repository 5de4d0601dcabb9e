import { expect, test } from 'vitest'
import { MockError } from '../mock-error.ts'
import { help, planCommand } from './plan-command.ts'

const nothing = {
  host: undefined,
  spec: undefined,
  port: undefined,
  controlPort: undefined,
  controlHost: undefined,
}
const nothingServed = {
  ...nothing,
  mode: 'sandbox',
  endMs: 'now',
  transport: undefined,
  rows: undefined,
  seed: undefined,
  profile: undefined,
  clock: undefined,
  realTime: true,
  evaluationMs: 3000,
  publicUrl: undefined,
  latencyMs: undefined,
}

test.each(['', 'serve'])('"%s" serves the sandbox with data that ends now', (line) => {
  expect(planCommand(line ? [line] : [])).toEqual({
    command: 'serve',
    options: nothingServed,
    watch: false,
    json: false,
  })
})

const everyOption =
  '--mode proxied --port 4010 --host :: --control-port 4011 --control-host 0.0.0.0 --spec a.yaml' +
  ' --watch --transport 1:reset --rows 7 --seed=-3 --end 2025-02-01T00:00:00Z --profile inverted --clock 2025-01-15T12:00:00Z' +
  ' --evaluation 500 --public-url http://mock:4010 --latency 20 --json'

test('serve takes every option', () => {
  expect(planCommand(everyOption.split(' '))).toEqual({
    command: 'serve',
    options: {
      mode: 'proxied',
      port: 4010,
      host: '::',
      controlPort: 4011,
      controlHost: '0.0.0.0',
      spec: 'a.yaml',
      transport: '1:reset',
      rows: 7,
      seed: -3,
      endMs: Date.parse('2025-02-01T00:00:00Z'),
      profile: 'inverted',
      clock: '2025-01-15T12:00:00Z',
      realTime: false,
      evaluationMs: 500,
      publicUrl: 'http://mock:4010',
      latencyMs: 20,
    },
    watch: true,
    json: true,
  })
})

test('the help tells every option', () => {
  for (const [option] of everyOption.matchAll(/--[a-z-]+/g)) expect(help).toContain(`${option} `)
})

test('proxy takes the service, or leaves it to the document, and what is about listening', () => {
  expect(planCommand(['proxy'])).toEqual({
    command: 'serve',
    options: { ...nothing, mode: 'live-proxy', upstream: undefined },
    watch: false,
    json: false,
  })
  expect(
    planCommand(['proxy', 'https://api.example', '--port', '1', '--spec', 'a', '--watch']),
  ).toEqual({
    command: 'serve',
    options: {
      ...nothing,
      mode: 'live-proxy',
      upstream: 'https://api.example',
      port: 1,
      spec: 'a',
    },
    watch: true,
    json: false,
  })
})

test.each([
  [['check'], undefined, false],
  [['check', 'a.yaml'], 'a.yaml', false],
  [['check', '--spec', 'b.yaml', '--json'], 'b.yaml', true],
  [['check', 'a.yaml', '--spec', 'b.yaml'], 'a.yaml', false],
])('%j checks %s', (args, spec, json) => {
  expect(planCommand(args)).toEqual({ command: 'check', spec, json })
})

test.each([
  [['--help']],
  [['-h']],
  [['help']],
  [['serve', '-h']],
  [['proxy', '--help']],
  [['check', '-h']],
  [['--help', 'serve']],
  [['serve', '--prot', '1', '--help']],
])('%j is the help', (args) => {
  expect(planCommand(args)).toEqual({ command: 'help' })
})

test.each<[string[], string]>([
  [['start'], 'Unknown command "start". Run cekura-mock --help.'],
  [['serve', 'x'], "Unexpected argument 'x'. Run cekura-mock --help."],
  [['proxy', 'http://a', 'x'], "Unexpected argument 'x'. Run cekura-mock --help."],
  [['check', 'a', 'x'], "Unexpected argument 'x'. Run cekura-mock --help."],
  [['proxy', '--rows', '3'], "Unknown option '--rows'. Run cekura-mock --help."],
  [['proxy', '--transport', 'x'], "Unknown option '--transport'. Run cekura-mock --help."],
  [['check', '--port', '3'], "Unknown option '--port'. Run cekura-mock --help."],
  [['--port'], "Option '--port <value>' argument missing. Run cekura-mock --help."],
  [
    ['--rows', '-1'],
    'Missing value of --rows. Write a value that starts with a dash as --rows=VALUE.',
  ],
  [['--port', '1.5'], 'Invalid --port "1.5": expected an integer.'],
  [['--control-port', 'x1'], 'Invalid --control-port "x1": expected an integer.'],
  [['--rows', ''], 'Invalid --rows "": expected an integer.'],
  [['--latency', '1e3'], 'Invalid --latency "1e3": expected an integer.'],
  [
    ['--end', '2025-02-01'],
    'Invalid --end "2025-02-01": expected now or a date-time such as 2025-02-01T00:00:00Z.',
  ],
  [['--watch'], 'Missing --spec: --watch needs a file to watch.'],
  [['--mode', 'live-proxy'], 'Invalid --mode "live-proxy". Run cekura-mock proxy [URL].'],
])('%j is an error: %s', (args, message) => {
  expect(() => planCommand(args)).toThrow(new MockError(message))
})

import { expect, test } from 'vitest'
import { MockError } from '../mock-error.ts'
import { help, planCommand } from './plan-command.ts'

const nothing = {
  host: undefined,
  spec: undefined,
  transport: undefined,
  port: undefined,
  controlPort: undefined,
  controlHost: undefined,
}
const nothingServed = {
  ...nothing,
  mode: undefined,
  rows: undefined,
  seed: undefined,
  profile: undefined,
  clock: undefined,
  publicUrl: undefined,
  latencyMs: undefined,
}

test.each(['', 'serve'])('"%s" serves, with nothing but the defaults of the mock', (line) => {
  expect(planCommand(line ? [line] : [])).toEqual({
    command: 'serve',
    options: nothingServed,
    watch: false,
    json: false,
  })
})

const everyOption =
  '--mode proxied --port 4010 --host :: --control-port 4011 --control-host 0.0.0.0 --spec a.yaml' +
  ' --watch --transport 1:reset --rows 7 --seed=-3 --profile contrary --clock 2025-01-15T12:00:00Z' +
  ' --public-url http://mock:4010 --latency 20 --json'

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
      profile: 'contrary',
      clock: '2025-01-15T12:00:00Z',
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
])('%j judges %s', (args, spec, json) => {
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

test.each([
  [['start'], 'There is no command "start"; give serve, proxy or check, see cekura-mock --help'],
  [['serve', 'x'], "Cannot read the command line: Unexpected argument 'x'; see cekura-mock --help"],
  [
    ['proxy', 'http://a', 'x'],
    "Cannot read the command line: Unexpected argument 'x'; see cekura-mock --help",
  ],
  [
    ['check', 'a', 'x'],
    "Cannot read the command line: Unexpected argument 'x'; see cekura-mock --help",
  ],
  [
    ['proxy', '--rows', '3'],
    "Cannot read the command line: Unknown option '--rows'; see cekura-mock --help",
  ],
  [
    ['check', '--port', '3'],
    "Cannot read the command line: Unknown option '--port'; see cekura-mock --help",
  ],
  [
    ['--port'],
    "Cannot read the command line: Option '--port <value>' argument missing; see cekura-mock --help",
  ],
  [
    ['--rows', '-1'],
    'Cannot read the command line: --rows wants a value; one that begins with a dash is written --rows=VALUE',
  ],
  [['--port', '1.5'], 'Cannot read --port "1.5": give a whole number'],
  [['--port', '1x'], 'Cannot read --port "1x": give a whole number'],
  [['--control-port', 'x1'], 'Cannot read --control-port "x1": give a whole number'],
  [['--rows', ''], 'Cannot read --rows "": give a whole number'],
  [['--seed', 'x'], 'Cannot read --seed "x": give a whole number'],
  [['--latency', '1e3'], 'Cannot read --latency "1e3": give a whole number'],
  [['--watch'], 'Cannot watch the document of the package: give --spec FILE'],
  [['--mode', 'live-proxy'], 'Cannot serve the mode "live-proxy": write cekura-mock proxy [URL]'],
])('%j is refused: %s', (args, message) => {
  expect(() => planCommand(args)).toThrow(new MockError(message))
})

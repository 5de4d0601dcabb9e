/** One thing that goes wrong with connections. */
export interface TransportMutant {
  /** Operator, then the schedule of the gateway that reproduces it by hand. */
  id: string
  operator: string
  schedule: string
}

const faults = [
  'reset',
  'reset-after-headers',
  'truncate@0',
  'truncate@1',
  'truncate@300',
  'truncate@999999',
  'stall',
  'stall@300',
  'drip@1',
  'latency@9000',
  'bad-json',
  'html-502',
  'html-503',
  'html-504',
  'redirect',
  'redirect@http://127.0.0.1:9/',
  'wrong-length@1',
  'wrong-length@1000',
  'wrong-length@-1',
  'wrong-length@-1000',
  'gzip-bomb@8',
]

/** Every fault of the gateway on each request, and on one in the middle of a walk. */
export const transportMutants: readonly TransportMutant[] = faults.flatMap((fault) =>
  ['*', '3'].map((request) => {
    const operator = `T-${fault.split('@')[0]}`
    return { id: `${operator}:${request}:${fault}`, operator, schedule: `${request}:${fault}` }
  }),
)

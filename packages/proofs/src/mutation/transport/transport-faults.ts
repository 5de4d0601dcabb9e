/** One fault of the mock's connections. */
export interface TransportMutant {
  id: string
  operator: string
  /** What the mock's `/transport` control takes. */
  schedule: string
}

const faults = [
  'reset',
  'reset-after-headers',
  'stall',
  'stall@300',
  'drip@1',
  'latency@9000',
  'bad-json',
  'truncate@0',
  'truncate@1',
  'truncate@300',
  'truncate@999999',
  'gzip-bomb@8',
  'html-502',
  'html-503',
  'html-504',
  'redirect',
  'redirect@http://127.0.0.1:9/',
  'wrong-length@1',
  'wrong-length@1000',
  'wrong-length@-1',
  'wrong-length@-1000',
]

/** Each fault on every request, and on the third, which is in the middle of a pagination. */
export const transportMutants: readonly TransportMutant[] = faults.flatMap((fault) =>
  ['*', '3'].map((request) => {
    const schedule = `${request}:${fault}`
    return { id: `transport ${schedule}`, operator: `transport.${fault.split('@')[0]}`, schedule }
  }),
)

/** Calls that are older have been judged, as far as the service has said when it does. */
export const settleMs = 10 * 60_000

/** What the environment says of the dashboard; the key is read by the client alone. */
export function readSettings(env: Readonly<Record<string, string | undefined>>) {
  const agent = env['CEKURA_AGENT_ID']
  return {
    port: Number(env['PORT'] ?? 4300),
    agentId: agent ? Number(agent) : undefined,
    canReveal: env['PII'] !== 'always-mask',
    hostNames: [
      '127.0.0.1',
      'localhost',
      '[::1]',
      ...(env['ALLOWED_HOSTS']?.split(',').filter(Boolean) ?? []),
    ],
  }
}

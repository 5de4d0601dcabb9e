// The changelog as a reader wants it: what changed, without hashes.
export default {
  getReleaseLine: async ({ summary }) => {
    const [first, ...rest] = summary.split('\n')
    // A summary in groups keeps them; a sentence becomes a bullet.
    return first.startsWith('**')
      ? `${summary}\n`
      : `- ${[first, ...rest.map((line) => (line ? `  ${line}` : line))].join('\n')}`
  },
  getDependencyReleaseLine: async (_changesets, dependencies) =>
    dependencies.length === 0
      ? ''
      : `- Follows ${dependencies.map(({ name, newVersion }) => `\`${name}\` ${newVersion}`).join(', ')}`,
}

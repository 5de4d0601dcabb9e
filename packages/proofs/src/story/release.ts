import type { Clone } from '../harness/clone-repository.ts'
import type { Registry } from '../harness/registry.ts'
import type { CommandExpectation, Recording, Transcript } from './transcript.ts'
import { changeUpstream, followUpstream } from './upstream.ts'

/** The repository of the kit, as its maintainers use it. */
export interface Kit {
  clone: Clone
  registry: Registry
  transcript: Transcript
}

const drift = 'pnpm --silent drift vendor.json'

const createShell =
  ({ clone, transcript }: Kit) =>
  (command: string, expected?: CommandExpectation): Promise<string> =>
    transcript.run(clone.folder, command, expected)

/** Versions, commits and publishes what is pending. */
async function release(kit: Kit, publish = 'pnpm exec changeset publish'): Promise<void> {
  const { clone } = kit
  const run = createShell(kit)
  await run('pnpm regenerate --check', { keeps: /Bump:|No release/ })
  await run('pnpm run version', { keeps: /now/, excerpt: /now/ })
  await run('git add --all && git commit --quiet --message "Version packages"')
  await kit.registry.configurePublishing(clone.folder)
  await run(publish, { from: 'Successfully published:', excerpt: /published|types@/ })
  // It has our packages only, and a later command may install others.
  await kit.registry.configure(clone.folder)
}

export async function releaseFirst(kit: Kit): Promise<Recording> {
  const { clone, transcript } = kit
  await clone.run('cp', 'packages/types/openapi.json', 'vendor.json')
  await clone.run('sh', '-c', `${drift} --accept all --reason "Read when the spec was written."`)
  await clone.commit('Accept the differences from upstream')
  await release(kit)
  return transcript.take()
}

/** The vendor adds an optional parameter. */
export async function releaseMinor(
  kit: Kit,
): Promise<{ drift: Recording; regenerate: Recording; release: Recording }> {
  const { clone, transcript } = kit
  const run = createShell(kit)
  await changeUpstream(clone, false)
  await run(drift, { exits: 1 })
  const found = transcript.take()

  await followUpstream(clone, false)
  await run('git diff --unified=1 spec/openapi.yaml')
  await run('pnpm regenerate')
  await run('cat .changeset/api-spec.md')
  await run(drift)
  await run('git add --all && git commit --quiet --message "Add workspace_id"')
  const regenerate = transcript.take()

  await release(kit)
  return { drift: found, regenerate, release: transcript.take() }
}

/** The vendor requires the parameter. */
export async function releaseMajor(kit: Kit): Promise<Recording> {
  const { clone, transcript } = kit
  const run = createShell(kit)
  await changeUpstream(clone, true)
  transcript.note('In cekura-kit: the API now requires a parameter.')
  await run(drift, { exits: 1, excerpt: /^\| `/ })
  await followUpstream(clone, true)
  transcript.note('Edit the spec, and the links in its examples.')
  await run('git diff --stat spec', { excerpt: /yaml/ })
  await run('pnpm regenerate', { excerpt: /^wrote|Compared|^major|Bump/ })
  await run('git add --all && git commit --quiet --message "Require workspace_id"')

  transcript.note('It cannot be released as a minor.')
  await run('sed -i s/major/minor/ .changeset/api-spec.md', { excerpt: /./ })
  await run('pnpm regenerate --check', { exits: 1, keeps: /^The/, excerpt: /types/ })
  await run('git checkout --quiet .changeset', { excerpt: /./ })
  await release(kit)
  return transcript.take()
}

/** The differences between two released documents. */
export async function compareReleases(kit: Kit): Promise<Recording> {
  const run = createShell(kit)
  const document = 'packages/types/openapi.json'
  await run(`git show "@cekura-kit/types@1.0.0:${document}" > old.json`)
  await run(`node packages/spec-diff/src/commands/spec-diff.ts old.json ${document}`)
  return kit.transcript.take()
}

/** A fix for those who stay on version 1. */
export async function releaseHotfix(kit: Kit): Promise<Recording> {
  const { clone, transcript } = kit
  const run = createShell(kit)
  await run('git switch --quiet --create release-1.x "@cekura-kit/types@1.1.0"')
  await clone.write(
    '.changeset/hotfix.md',
    "---\n'@cekura-kit/client': patch\n---\n\nExplains the error for a missing API key.\n",
  )
  await run('cat .changeset/hotfix.md')
  await release(kit, 'pnpm exec changeset publish --tag release-1.x')
  const tags = await run('npm view @cekura-kit/client dist-tags')
  if (!/latest: '2\.0\.0'/.test(tags) || !/'release-1\.x': '1\.1\.1'/.test(tags))
    throw new Error(`expected latest 2.0.0 and release-1.x 1.1.1, got ${tags}`)
  return transcript.take()
}

import { judge } from './evidence.ts';
import type { LiveVersion } from './liveVersion.ts';
import type { VersionNames } from './versionNames.ts';
import type { SiteSaid } from './whatIsLive.ts';

/**
 * What is live where no deployment record says it, as with `deployment: false`, by the site's own word alone: a version that
 * nothing confirms, without who and since when. `undefined` when the site names no version and no commit.
 */
export function siteLive(site: SiteSaid, names: VersionNames): LiveVersion | undefined {
  const evidence = [{ source: 'site', ...site }] as const;
  const said = judge(evidence, names);
  if (site.version === undefined && said.sha === undefined) return undefined;
  // Sites often tell a short commit; only a whole one can be compared with others.
  const sha = said.sha === undefined || said.sha.length === 40 ? said.sha : names.namedIn(said.sha, [])?.sha;
  return { ...said, sha, deploymentId: undefined, runId: undefined, since: undefined, by: '', isRollback: false, evidence };
}

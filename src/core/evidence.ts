import { shortSha } from './commit.ts';
import type { Deployment } from './deployment.ts';
import type { DeployRequest } from './deployRequest.ts';
import type { Evidence, LiveVersion } from './liveVersion.ts';
import { titledVersion } from './runSubject.ts';
import type { VersionNames } from './versionNames.ts';
import type { WorkflowRun } from './workflowRun.ts';

/**
 * What each source says that a deployment shipped, the most trusted first. GitHub's automatic record names the commit of the run
 * that made it, so a dispatch on `main` that shipped v1.2.0 is recorded as `main`: it comes last.
 */
export function evidenceOf(
  deployment: Deployment,
  run: WorkflowRun | undefined,
  request: DeployRequest | undefined,
  environments: readonly string[],
  names: VersionNames,
): readonly Evidence[] {
  const evidence: Evidence[] = [];
  if (request) {
    const { version } = request;
    const named = version.kind === 'release' || version.kind === 'tag' ? version.label : undefined;
    evidence.push({ source: 'ownRecord', version: named, sha: version.sha, at: request.requestedAt, url: run?.url });
  }
  const { shipped } = deployment;
  if (shipped.version !== undefined || shipped.sha !== undefined) {
    evidence.push({ source: 'payload', version: shipped.version, sha: shipped.sha, at: deployment.createdAt, url: undefined });
  }
  const titled = run && titledVersion(run, deployment.environment, environments, names);
  if (run && titled) evidence.push({ source: 'runTitle', ...titled, at: run.createdAt, url: run.url });
  const url = deployment.statuses.findLast((status) => status.logUrl !== undefined)?.logUrl;
  evidence.push({ source: 'deploymentRecord', version: names.tagOf(deployment.sha), sha: deployment.sha, at: deployment.createdAt, url });
  return evidence;
}

/** What the evidence amounts to: the most trusted source's answer, and whether the others bear it out. */
export function judge(evidence: readonly Evidence[], names: VersionNames): Pick<LiveVersion, 'label' | 'sha' | 'verdict'> {
  const chosen = evidence.find((one) => one.source !== 'site') ?? evidence[0];
  const sha = chosen && shaSaid(chosen, names);
  const version = chosen?.version === undefined ? undefined : (names.tagNamed(chosen.version) ?? chosen.version);
  const label = version ?? (sha === undefined ? undefined : (names.tagOf(sha) ?? shortSha(sha)));
  return { label: label ?? '?', sha, verdict: verdictOf(evidence, names) };
}

/** `disagree` when any two sources contradict each other, `agree` when at least two say the same, else `unknown`. */
export function verdictOf(evidence: readonly Evidence[], names: VersionNames): LiveVersion['verdict'] {
  let agreed = false;
  for (const [index, one] of evidence.entries()) {
    for (const other of evidence.slice(index + 1)) {
      const same = saySame(one, other, names);
      if (same === false) return 'disagree';
      agreed ||= same === true;
    }
  }
  return agreed ? 'agree' : 'unknown';
}

/** Commits decide where both are known (a tag stands for its commit); names only where one is not. */
function saySame(one: Evidence, other: Evidence, names: VersionNames): boolean | undefined {
  const [a, b] = [shaSaid(one, names), shaSaid(other, names)];
  if (a !== undefined && b !== undefined) return a.startsWith(b) || b.startsWith(a);
  if (one.version === undefined || other.version === undefined) return undefined;
  return plainName(one.version) === plainName(other.version);
}

function shaSaid({ sha, version }: Evidence, names: VersionNames): string | undefined {
  if (sha !== undefined && /^[0-9a-f]{7,40}$/i.test(sha)) return sha.toLowerCase();
  return version === undefined ? undefined : names.shaOfTag(version);
}

function plainName(version: string): string {
  return version.trim().replace(/^v(?=\d)/, '');
}

import { shortSha } from './commit.ts';
import type { Deployment } from './deployment.ts';
import type { DeployRequest } from './deployRequest.ts';
import type { Evidence, LiveVersion } from './liveVersion.ts';
import { titledVersion } from './runSubject.ts';
import type { VersionNames } from './versionNames.ts';
import type { WorkflowRun } from './workflowRun.ts';

/**
 * What each source says that a deployment shipped, the most trusted first. GitHub's automatic record names the commit of the run
 * that made it, so a dispatch on `main` that shipped v1.2.0 is recorded as `main`: it comes last and carries
 * that it names no more than that commit.
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
  const record: Evidence = { source: 'deploymentRecord', version: names.tagOf(deployment.sha), sha: deployment.sha, at: deployment.createdAt, url };
  evidence.push(namesRunCommit(deployment, run, request) ? { ...record, namesRunCommit: { branch: run?.branch ?? request?.ref } } : record);
  return evidence;
}

/**
 * GitHub's automatic record takes the commit of its run, and a run started by hand on a branch may ship another version. Of a run that
 * was not read, our own request tells. A record whose payload names its own commit was written by the pipeline: it means what it says.
 */
function namesRunCommit({ sha, shipped }: Deployment, run: WorkflowRun | undefined, request: DeployRequest | undefined): boolean {
  if (shipped.sha === sha) return false;
  if (run) return run.event === 'workflow_dispatch' && run.sha === sha;
  return request !== undefined && request.ref !== request.version.ref;
}

/** What the evidence amounts to: the most trusted source's answer, and whether the others bear it out. */
export function judge(evidence: readonly Evidence[], names: VersionNames): Pick<LiveVersion, 'label' | 'sha' | 'verdict' | 'conflict'> {
  const chosen = evidence.find((one) => one.source !== 'site') ?? evidence[0];
  const sha = chosen && shaSaid(chosen, names);
  const tag = (chosen?.version === undefined ? undefined : names.tagNamed(chosen.version)) ?? (sha === undefined ? undefined : names.tagOf(sha));
  const label = tag ?? chosen?.version ?? (sha === undefined ? undefined : (versionSaidOf(sha, evidence, names) ?? shortSha(sha)));
  return { label: label ?? '?', sha, verdict: verdictOf(evidence, names), conflict: conflictOf(evidence, names) };
}

/** What another source calls the commit, where the chosen one only knows the commit: a pipeline's payload names candidates without a tag. */
function versionSaidOf(sha: string, evidence: readonly Evidence[], names: VersionNames): string | undefined {
  return evidence.find((one) => one.source === 'payload' && one.version !== undefined && shaSaid(one, names) === sha)?.version;
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

/** Which contradiction a verdict of `disagree` stands for: one that the run's commit in GitHub's record explains, or a real one. */
export function conflictOf(evidence: readonly Evidence[], names: VersionNames): LiveVersion['conflict'] {
  if (verdictOf(evidence, names) !== 'disagree') return 'none';
  const others = evidence.filter((one) => one.namesRunCommit === undefined);
  return verdictOf(others, names) === 'disagree' ? 'sources' : 'recordOnly';
}

/** Commits decide where both are known (a tag stands for its commit); names only where one is not. A branch says nothing of what its head was. */
function saySame(one: Evidence, other: Evidence, names: VersionNames): boolean | undefined {
  const [a, b] = [shaSaid(one, names), shaSaid(other, names)];
  if (a !== undefined && b !== undefined) return a.startsWith(b) || b.startsWith(a);
  if (one.version === undefined || other.version === undefined || names.isBranch(one.version) || names.isBranch(other.version)) return undefined;
  return plainName(one.version) === plainName(other.version);
}

function shaSaid({ sha, version }: Evidence, names: VersionNames): string | undefined {
  if (sha !== undefined && /^[0-9a-f]{7,40}$/i.test(sha)) return sha.toLowerCase();
  return version === undefined ? undefined : names.shaOfTag(version);
}

function plainName(version: string): string {
  return version.trim().replace(/^v(?=\d)/, '');
}

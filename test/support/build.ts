import type { Commit } from '../../src/core/commit.ts';
import type { Deployment, DeploymentState } from '../../src/core/deployment.ts';
import type { DeployRequest } from '../../src/core/deployRequest.ts';
import type { DeployTarget, TargetWorkflow } from '../../src/core/deployTarget.ts';
import { gitHubDotCom } from '../../src/core/gitHubHost.ts';
import type { ShippedVersion } from '../../src/core/liveVersion.ts';
import type { Release } from '../../src/core/release.ts';
import type { RepositoryId } from '../../src/core/repositoryId.ts';
import type { WorkflowFile } from '../../src/core/workflowFile.ts';
import type { Job, RunObservation, WorkflowRun } from '../../src/core/workflowRun.ts';

/** A Monday morning; times in tests are minutes after it. */
export const monday = Date.UTC(2026, 8, 14, 9, 0, 0);

export function minutes(count: number): number {
  return monday + count * 60_000;
}

/** A whole SHA that starts with `start` (hexadecimal). */
export function sha(start: string): string {
  return start.padEnd(40, '0');
}

export const repository: RepositoryId = { host: gitHubDotCom, owner: 'lumen', name: 'crm' };

export function aRun(more: Partial<WorkflowRun> = {}): WorkflowRun {
  const id = more.id ?? 100;
  return {
    id, nodeId: `WFR_${id}`, attempt: 1, number: 7, workflowId: 1, workflowPath: '.github/workflows/deploy.yml', workflowName: 'Deploy',
    title: 'Deploy v1.2.0 to production', event: 'workflow_dispatch', status: 'queued', conclusion: undefined, branch: 'main', sha: sha('aaa'),
    actor: 'ana', createdAt: monday, startedAt: monday, updatedAt: monday, url: `https://github.com/lumen/crm/actions/runs/${id}`, ...more,
  };
}

export function aJob(more: Partial<Job> = {}): Job {
  return {
    id: 1, runId: 100, name: 'ship', status: 'inProgress', conclusion: undefined, startedAt: monday, completedAt: undefined, url: undefined, steps: [], ...more,
  };
}

export function aLook(more: Partial<RunObservation> = {}): RunObservation {
  return { runId: 100, attempt: undefined, status: 'inProgress', conclusion: undefined, updatedAt: monday, jobs: [], pending: [], ...more };
}

/** `statuses`: states with the minute each was set, oldest first. */
export function aDeployment(more: Partial<Omit<Deployment, 'statuses'>> & { statuses?: readonly (readonly [DeploymentState, number])[] } = {}): Deployment {
  const { statuses, ...rest } = more;
  return {
    id: 1, environment: 'production', sha: sha('aaa'), ref: 'main', task: 'deploy', shipped: {}, description: '', creator: 'ana', createdAt: monday,
    runId: undefined, ...rest,
    statuses: (statuses ?? [['success', 1]]).map(([state, minute]) => ({
      state, createdAt: minutes(minute), description: '', logUrl: undefined, environmentUrl: undefined,
    })),
  };
}

export function aRelease(tag: string, more: Partial<Release> = {}): Release {
  return {
    id: 1, tag, name: tag, isDraft: false, isPrerelease: false, createdAt: monday, publishedAt: monday, sha: sha('bbb'), author: 'ana',
    url: `https://github.com/lumen/crm/releases/tag/${tag}`, ...more,
  };
}

export function aCommit(id: string, parents: readonly string[] = [], more: Partial<Commit> = {}): Commit {
  return { sha: id, parents, headline: `Change ${id}`, author: 'ana', committedAt: monday, pullRequest: undefined, ...more };
}

export function aWorkflowFile(more: Partial<WorkflowFile> = {}): WorkflowFile {
  return {
    path: '.github/workflows/deploy.yml', name: 'Deploy', runName: undefined, dispatchInputs: [], pushBranches: [], environments: [],
    postsToSlack: false, problem: undefined, ...more,
  };
}

/** A workflow with the inputs named, all optional strings that mean to Boussole what they are called. */
export function aTargetWorkflow(inputs: TargetWorkflow['inputs'] = {}, more: Partial<WorkflowFile> = {}): TargetWorkflow {
  const dispatchInputs = Object.values(inputs).map((name) => ({
    name, type: 'string' as const, description: '', required: false, default: undefined, options: [],
  }));
  return { file: aWorkflowFile({ dispatchInputs, ...more }), inputs, branch: 'main' };
}

export function aTarget(more: Partial<DeployTarget> = {}): DeployTarget {
  return {
    environment: 'production', isProduction: true, branch: 'main', deploy: aTargetWorkflow(), rollback: undefined, whyNot: undefined,
    versionUrl: undefined, ...more,
  };
}

export function aRequest(more: Partial<DeployRequest> = {}): DeployRequest {
  return {
    correlationId: '11111111-2222-4333-8444-555555555555', kind: 'deploy', repository, environment: 'production', isProduction: true,
    version: { label: 'v1.2.0', kind: 'release', ref: 'v1.2.0', sha: sha('bbb') }, replaces: undefined, workflow: '.github/workflows/deploy.yml',
    ref: 'main', inputs: {}, reason: '', actor: 'camille', requestedAt: monday, workflowPosts: false, expectedMs: undefined, ...more,
  };
}

export function aShipped(more: Partial<ShippedVersion> = {}): ShippedVersion {
  return {
    environment: 'production', deploymentId: 1, runId: undefined, label: 'v1.2.0', sha: sha('bbb'), by: 'ana', isRollback: false, evidence: [],
    verdict: 'unknown', conflict: 'none', state: 'superseded', createdAt: monday, succeededAt: monday, ...more,
  };
}

import type { GitHub } from '../core/gitHub.ts';
import { readDeployments } from './deployments.ts';
import { Dispatcher } from './dispatch.ts';
import { readFileAtRefs } from './filesAtRefs.ts';
import { readLocks } from './locks.ts';
import { readJobLog } from './logs.ts';
import { Observer } from './observe.ts';
import { OverviewReader } from './overview.ts';
import { Paging } from './paging.ts';
import { hasChanged } from './probes.ts';
import { compareRefs, readBranches, readFile, readTags, resolveRef } from './refs.ts';
import { readReleases } from './releases.ts';
import { cancel, rerun, review } from './runControl.ts';
import { readJobs, readPending, readRun, readRuns, readWorkflows } from './runs.ts';
import { Wire, type WireOptions } from './wire.ts';

// Of the same bundle, because both speak over Octokit.
export { createGitHubSetup } from './gitHubSetupClient.ts';

/** GitHub behind one account on one host, over `@octokit/rest`; the bundle that carries it loads on first need. */
export function createGitHub(options: WireOptions): GitHub {
  const wire = new Wire(options);
  const paging = new Paging(wire);
  const overview = new OverviewReader(wire);
  const observer = new Observer(wire, paging);
  const dispatcher = new Dispatcher(wire);
  return {
    serverNow: () => wire.serverNow(),
    get budget() {
      return wire.budget;
    },
    overview: (repository, historyOf, signal) => overview.read(repository, historyOf, signal),
    locks: (repository, signal) => readLocks(wire, repository, signal),
    workflows: (repository, signal) => readWorkflows(paging, repository, signal),
    hasChanged: (repository, probe, signal) => hasChanged(wire, repository, probe, signal),
    runs: (repository, query, signal) => readRuns(wire, repository, query, signal),
    run: (repository, runId, signal) => readRun(wire, repository, runId, signal),
    jobs: (repository, runId, attempt, signal) => readJobs(paging, repository, runId, attempt, signal),
    observe: (repository, runs, signal) => observer.observe(repository, runs, signal),
    pendingDeployments: (repository, runId, signal) => readPending(wire, repository, runId, signal),
    jobLog: (repository, jobId, signal) => readJobLog(wire, repository, jobId, signal),
    releases: (repository, after, signal) => readReleases(wire, repository, after, signal),
    deployments: (repository, environment, first, signal) => readDeployments(wire, repository, environment, first, signal),
    branches: (repository, signal) => readBranches(paging, repository, signal),
    tags: (repository, signal) => readTags(paging, repository, signal),
    resolve: (repository, ref, signal) => resolveRef(wire, repository, ref, signal),
    compare: (repository, base, head, signal) => compareRefs(wire, repository, base, head, signal),
    file: (repository, path, ref, signal) => readFile(wire, repository, path, ref, signal),
    fileAtRefs: (repository, path, refs, signal) => readFileAtRefs(wire, repository, path, refs, signal),
    dispatch: (repository, call, signal) => dispatcher.dispatch(repository, call, signal),
    rerun: (repository, runId, failedOnly) => rerun(wire, repository, runId, failedOnly),
    cancel: (repository, runId) => cancel(wire, repository, runId),
    review: (repository, runId, environmentIds, state, comment) => review(wire, repository, runId, environmentIds, state, comment),
  };
}

import type { GitHubSetup } from '../core/gitHubSetup.ts';
import { Paging } from './paging.ts';
import { resolveAction } from './setupActions.ts';
import { commitFiles } from './setupCommit.ts';
import { SetupEnvironments } from './setupEnvironments.ts';
import { hasProtectedBranches, readFacts, readReviewerCandidates, readViewer } from './setupFacts.ts';
import { compareUrl, openPull, readPull } from './setupPulls.ts';
import { putSecret, putVariable, readSecrets, readVariables } from './setupSettings.ts';
import { readTreeFiles } from './setupTree.ts';
import { Wire, type WireOptions } from './wire.ts';

/** GitHub for Set Up and the doctor, behind one account on one host; with a token of its own, which may know more scopes than the window's. */
export function createGitHubSetup(options: WireOptions): GitHubSetup {
  const wire = new Wire(options);
  const paging = new Paging(wire);
  const environments = new SetupEnvironments(wire, paging);
  return {
    viewer: (signal) => readViewer(wire, signal),
    repositoryFacts: (repository, signal) => readFacts(wire, repository, signal),
    environments: (repository, signal) => environments.all(repository, signal),
    environmentSettings: (repository, name, signal) => environments.one(repository, name, signal),
    reviewerCandidates: (repository, signal) => readReviewerCandidates(paging, repository, signal),
    createEnvironment: (repository, name, wish) => environments.create(repository, name, wish),
    hasProtectedBranches: (repository, signal) => hasProtectedBranches(wire, repository, signal),
    secrets: (repository, place, signal) => readSecrets(paging, repository, place, signal),
    variables: (repository, place, signal) => readVariables(paging, repository, place, signal),
    putSecret: (repository, environment, name, value) => putSecret(wire, repository, environment, name, value),
    putVariable: (repository, environment, name, value) => putVariable(wire, paging, repository, environment, name, value),
    resolveAction: (action, tag, signal) => resolveAction(wire, action, tag, signal),
    treeFiles: (repository, branch, paths, signal) => readTreeFiles(wire, repository, branch, paths, signal),
    commitFiles: (repository, call) => commitFiles(wire, repository, call),
    pullRequest: (repository, branch, base, signal) => readPull(wire, repository, branch, base, signal),
    openPullRequest: (repository, call) => openPull(wire, repository, call),
    compareUrl,
  };
}

import type { JobResult, RunRequest } from './run.ts';
import type { RunnerSetup } from './runner.ts';

/** Which attempt of which run it is. */
export interface Identity {
  readonly id: number;
  readonly number: number;
  readonly attempt: number;
  readonly createdAt: number;
  /** Results of an earlier attempt that stay. */
  readonly kept: ReadonlyMap<string, JobResult>;
}

/** The context `github`, without the event and what belongs to a job. */
export function githubOf(request: RunRequest, { id, number, attempt }: Identity, { repository, serverUrl, apiUrl, origin }: RunnerSetup): Record<string, unknown> {
  const fullName = `${repository.owner}/${repository.name}`;
  return {
    action: '__run', action_path: '', action_ref: '', action_repository: '', actor: request.actor, actor_id: '1001', api_url: apiUrl, base_ref: '',
    event_name: request.event, graphql_url: `${apiUrl}/graphql`, head_ref: '', job: '', path: '', ref: `refs/heads/${request.branch}`, ref_name: request.branch,
    ref_protected: false, ref_type: 'branch', repository: fullName, repository_id: String(repository.id), repository_owner: repository.owner,
    repository_owner_id: '1000', repositoryUrl: `git://${origin}`, retention_days: '90', run_attempt: String(attempt), run_id: String(id), run_number: String(number),
    secret_source: 'Actions', server_url: serverUrl, sha: request.sha, token: '', triggering_actor: request.actor, workflow: request.workflow.name,
    workflow_ref: `${fullName}/.github/workflows/${request.workflow.file}@refs/heads/${request.branch}`, workflow_sha: request.sha, workspace: '',
  };
}

/** The event's payload. */
export function eventOf(request: RunRequest, { repository, serverUrl }: RunnerSetup): object {
  const fullName = `${repository.owner}/${repository.name}`;
  const common = {
    ref: `refs/heads/${request.branch}`,
    repository: { id: repository.id, name: repository.name, full_name: fullName, default_branch: repository.defaultBranch, html_url: `${serverUrl}/${fullName}`, private: true },
    sender: { login: request.actor, id: 1001, type: 'User' },
  };
  if (request.event === 'workflow_dispatch') return { ...common, inputs: request.inputs, workflow: `.github/workflows/${request.workflow.file}` };
  return { ...common, before: request.before, after: request.sha, head_commit: { id: request.sha, message: request.message }, commits: [], pusher: { name: request.actor } };
}

/** The GITHUB_* of the context's texts. */
export function actionsEnvironment(github: Readonly<Record<string, unknown>>): Record<string, string> {
  const names = ['action', 'actor', 'actor_id', 'api_url', 'base_ref', 'event_name', 'event_path', 'graphql_url', 'head_ref', 'ref', 'ref_name', 'ref_type', 'repository',
    'repository_id', 'repository_owner', 'run_attempt', 'run_id', 'run_number', 'server_url', 'sha', 'triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha'];
  return { CI: 'true', GITHUB_ACTIONS: 'true', ...Object.fromEntries(names.map((name) => [`GITHUB_${name.toUpperCase()}`, String(github[name])])) };
}

import { json, type SimRequest, type SimResponse } from '../../../../src/simulator/http.ts';
import type { BegunRun } from '../workflow/runner.ts';

/** Answers what GitHub's API knows of the runs on this machine; undefined for other requests. */
export function answerRuns({ method, path }: SimRequest, repositoryPath: string, begun: readonly BegunRun[]): SimResponse | undefined {
  const actions = `/api/v3${repositoryPath}/actions/runs/`;
  if (method !== 'GET' || !path.startsWith(actions)) return undefined;
  const [, id = '', attempt, rest] = /^(\d+)(?:\/attempts\/(\d+))?(?:\/(.*))?$/.exec(path.slice(actions.length)) ?? [];
  if (rest === 'approvals') return json([]);
  const run = begun.findLast((one) => String(one.id) === id && (attempt === undefined || String(one.attempt) === attempt));
  if (!run || rest !== undefined) return json({ message: 'Not Found' }, 404);
  return json({
    id: run.id, run_number: run.number, run_attempt: run.attempt, name: run.request.workflow.name, display_title: run.title, event: run.request.event,
    head_branch: run.request.branch, head_sha: run.request.sha, status: run.conclusion === undefined ? 'in_progress' : 'completed', conclusion: run.conclusion ?? null, path: `.github/workflows/${run.request.workflow.file}`,
    created_at: iso(run.createdAt), run_started_at: iso(run.startedAt), updated_at: iso(run.startedAt),
    actor: { login: run.request.actor }, triggering_actor: { login: run.request.actor },
  });
}

function iso(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+/, '');
}

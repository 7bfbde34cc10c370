import assert from 'node:assert/strict';
import { EtagCache } from '../../../src/github/etagCache.ts';
import { toDeployment, toEnvironment, toObservation } from '../../../src/github/graphMapper.ts';
import type { WireDeployment } from '../../../src/github/graphWire.ts';
import { toRun, type WireRun } from '../../../src/github/mapper.ts';
import { deploymentState, runConclusion, runStatus } from '../../../src/github/words.ts';

const wire: WireDeployment = {
  databaseId: 1, environment: 'production', task: 'deploy', payload: null, description: null, commitOid: 'a'.repeat(40), createdAt: '2026-09-14T09:00:00Z',
  ref: null, creator: null, statuses: { nodes: [] }, edge: { nodes: [] }, latestStatus: null,
};

const shipped = (payload: unknown) => toDeployment({ ...wire, payload: payload as string | null }).shipped;

const rule = (type: string) => ({ type, timeout: 30, preventSelfReview: null, reviewers: { nodes: [{ login: 'ana' }, { name: 'Captains' }, null] } });

describe("GitHub's words", () => {
  it('are known in REST’s and GraphQL’s spelling', () => {
    assert.deepEqual(['in_progress', 'IN_PROGRESS', 'queued', 'WAITING', 'pending', 'requested', 'completed'].map(runStatus), [
      'inProgress', 'inProgress', 'queued', 'waiting', 'pending', 'requested', 'completed',
    ]);
    assert.deepEqual(['success', 'TIMED_OUT', 'startup_failure', 'action_required', 'stale', 'NEUTRAL'].map(runConclusion), [
      'success', 'timedOut', 'startupFailure', 'actionRequired', 'stale', 'neutral',
    ]);
    assert.deepEqual(['WAITING', 'in_progress', 'inactive', 'error'].map(deploymentState), ['waiting', 'inProgress', 'inactive', 'error']);
  });

  it('that are new to us are unknown, never success, and nothing is nothing', () => {
    assert.deepEqual([runStatus('paused'), runStatus(null), runStatus(7)], ['unknown', 'unknown', 'unknown']);
    assert.deepEqual([runConclusion('exploded'), runConclusion(null), runConclusion(undefined), runConclusion('')], ['unknown', undefined, undefined, undefined]);
    assert.equal(deploymentState('ABANDONED'), 'unknown');
  });
});

describe('A deployment', () => {
  it('tells what was shipped by the payload that a pipeline wrote, as an object or as text within text', () => {
    const truth = { version: 'v1.4.2', sha: 'b'.repeat(40) };
    assert.deepEqual(shipped(JSON.stringify(truth)), truth);
    assert.deepEqual(shipped(JSON.stringify(JSON.stringify(truth))), truth);
    assert.deepEqual(shipped({ ...truth, more: 1 }), truth);
    assert.deepEqual(shipped('{"version":"v1"}'), { version: 'v1' });
    for (const nothing of [null, '', '""', '{}', '{', '[]', 'null', '{"version":7,"sha":""}']) assert.deepEqual(shipped(nothing), {}, String(nothing));
  });

  it('finds its run behind the address of its log, whichever end carries it', () => {
    const url = 'https://github.com/a/b/actions/runs/123/job/456';
    const latest = { state: 'INACTIVE', createdAt: '2026-09-14T09:01:00Z', description: null, environmentUrl: null };
    assert.equal(toDeployment({ ...wire, latestStatus: { ...latest, logUrl: url } }).runId, 123);
    assert.equal(toDeployment({ ...wire, latestStatus: { ...latest, logUrl: '' }, edge: { nodes: [{ logUrl: url }] } }).runId, 123);
    assert.equal(toDeployment({ ...wire, latestStatus: { ...latest, logUrl: 'https://vercel.test/actions/1' } }).runId, undefined);
    assert.equal(toDeployment(wire).runId, undefined);
  });

  it('orders statuses of the same second as they happen', () => {
    const at = '2026-09-14T09:00:00Z';
    const nodes = ['SUCCESS', 'QUEUED', 'IN_PROGRESS'].map((state) => ({ state, createdAt: at }));
    assert.deepEqual(toDeployment({ ...wire, statuses: { nodes: [...nodes, null] } }).statuses.map(({ state }) => state), ['queued', 'inProgress', 'success']);
  });
});

describe('An environment', () => {
  it('is guarded by rules of which unknown ones are said to be unknown', () => {
    const nodes = ['REQUIRED_REVIEWERS', 'WAIT_TIMER', 'BRANCH_POLICY', 'MOON_PHASE'].map(rule);
    assert.deepEqual(toEnvironment({ databaseId: 3, name: 'prod/eu west', protectionRules: { nodes }, latestCompletedDeployment: null }), {
      id: 3,
      name: 'prod/eu west',
      protectionRules: [
        { type: 'requiredReviewers', reviewers: ['ana', 'Captains'], preventSelfReview: false }, { type: 'waitTimer', minutes: 30 }, { type: 'branchPolicy' }, { type: 'unknown' },
      ],
    });
  });
});

describe('A run', () => {
  it('has its workflow’s path without a ref, the actor of this attempt and the start of this attempt', () => {
    const run = toRun({
      id: 5, node_id: 'WFR_5', run_attempt: 2, run_number: 3, workflow_id: 4, path: '.github/workflows/deploy.yml@refs/heads/main', name: 'Deploy', display_title: 'x',
      event: 'push', status: 'paused', conclusion: null, head_branch: null, head_sha: 'c', actor: { login: 'ana' }, triggering_actor: { login: 'mei' },
      created_at: '2026-09-14T09:00:00Z', run_started_at: '2026-09-14T10:00:00Z', updated_at: '2026-09-14T10:00:01Z', html_url: 'u',
    } as WireRun);
    assert.deepEqual(
      [run.workflowPath, run.actor, run.attempt, run.status, run.conclusion, run.branch, run.startedAt - run.createdAt],
      ['.github/workflows/deploy.yml', 'mei', 2, 'unknown', undefined, undefined, 3_600_000],
    );
  });
});

const look = (status: string, jobStatus: string) => toObservation({
  databaseId: 5,
  updatedAt: '2026-09-14T09:00:00Z',
  checkSuite: {
    status,
    conclusion: null,
    checkRuns: {
      totalCount: 1,
      nodes: [{ databaseId: 7, name: 'ship', status: jobStatus, conclusion: null, startedAt: null, completedAt: null, detailsUrl: null, steps: null }],
    },
  },
  pendingDeploymentRequests: { nodes: [{ currentUserCanApprove: true, environment: { databaseId: 1, name: 'production' }, reviewers: { nodes: [] } }] },
})?.status;

describe('A look at a run', () => {
  it('says waiting when only a review holds the run, whatever the check suite calls that', () => {
    assert.deepEqual([look('QUEUED', 'WAITING'), look('IN_PROGRESS', 'QUEUED'), look('IN_PROGRESS', 'IN_PROGRESS'), look('COMPLETED', 'COMPLETED')], ['waiting', 'waiting', 'inProgress', 'completed']);
  });

  it('is nothing when the check suite is withheld', () => {
    assert.equal(toObservation({ databaseId: 5, updatedAt: '2026-09-14T09:00:00Z', checkSuite: null, pendingDeploymentRequests: null }), undefined);
  });
});

describe('Remembered answers', () => {
  it('are forgotten the least recently used first, and not kept without a mark', () => {
    const cache = new EtagCache(2);
    cache.set('a', '"1"', 'A');
    cache.set('b', '"2"', 'B');
    assert.equal(cache.get('a')?.value, 'A');
    cache.set('c', '"3"', 'C');
    assert.deepEqual(['a', 'b', 'c'].map((key) => cache.get(key)?.value), ['A', undefined, 'C']);
    cache.set('a', undefined, 'A2');
    assert.equal(cache.get('a'), undefined);
  });
});

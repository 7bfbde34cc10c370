import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RepositoryState } from '../../../src/app/repositoryState.ts';
import { DeployError } from '../../../src/core/deployError.ts';
import type { DeployRequest } from '../../../src/core/deployRequest.ts';
import type { TrackedRun } from '../../../src/core/trackedRun.ts';
import { statusBarText } from '../../../src/views/statusBarText.ts';
import { aJob, aRequest, aRun, aShipped, aTarget, minutes, sha } from '../../support/build.ts';
import { aLive, anEnvironment, aReader, aState } from '../../support/screen.ts';

const staging = aTarget({ environment: 'staging', isProduction: false });
const environments = [
  anEnvironment({ target: staging, history: [aLive('v1.4.3', '143', { environment: 'staging' })] }),
  anEnvironment({ target: aTarget(), history: [aLive('v1.4.2', '142')], expected: { medianMs: 80_000, count: 3 } }),
];
const version = { label: 'v1.5.0', kind: 'release', ref: 'v1.5.0', sha: sha('150') } as const;
const steps = [{ number: 1, name: 'Upload $(bug)', status: 'inProgress', conclusion: undefined, startedAt: minutes(119), completedAt: undefined }] as const;

function seen(id: number, more: Parameters<typeof aRun>[0] = {}) {
  const run = aRun({ id, status: 'inProgress', startedAt: minutes(119), ...more });
  return { runId: id, attempt: 1, url: run.url, run, jobs: [aJob({ runId: id, steps })], pending: [] };
}

function mine(phase: 'queued' | 'waiting' | 'inProgress' | 'cancelling', more: Partial<DeployRequest> = {}, id = 700): TrackedRun {
  return { key: `k${id}`, request: aRequest({ version, ...more }), phase, seen: seen(id) };
}

function ended(conclusion: 'success' | 'failure' | 'cancelled', at: number): TrackedRun {
  return { key: 'k', request: aRequest({ version }), phase: 'completed', seen: seen(700), conclusion, completedAt: minutes(at) };
}

function say(state: Partial<RepositoryState>, environment?: string) {
  return statusBarText([{ state: aState({ environments, ...state }), reader: aReader(), environment }]);
}

const asked = (canApprove: boolean) => {
  const pending = [{ environmentId: 1, environment: 'production', canApprove, reviewers: ['camille'] }];
  return say({ tracked: [{ key: 't', request: undefined, phase: 'waiting', seen: { ...seen(800, { actor: 'ana', title: 'Deploy v1.4.3 to production', sha: sha('143') }), pending } }] });
};

const failedAt = (at: number) => {
  const failed = aShipped({ deploymentId: 60, label: 'v1.4.3', sha: sha('143'), state: 'failed', createdAt: minutes(at), succeededAt: undefined });
  return say({ environments: [anEnvironment({ target: aTarget(), history: [failed, aLive('v1.4.2', '142', { succeededAt: minutes(1) })] })] })?.text;
};

describe('the status bar', () => {
  it('calls a dry run that waits a dry run, whoever started it', () => {
    const inputs = { dry_run: 'true' };
    assert.equal(say({ tracked: [mine('waiting', { inputs })] })?.text, '$(bell-dot) production v1.5.0: dry run waits for approval');
    assert.equal(say({ tracked: [mine('inProgress', { inputs })] })?.text, '$(rocket) production v1.4.2', 'otherwise it is no news');
    const theirs = seen(701, { actor: 'ana', event: 'workflow_dispatch', title: 'Dry run of main to production' });
    const pending = [{ environmentId: 1, environment: 'production', canApprove: true, reviewers: ['camille'] }];
    const theirsAsked = say({ tracked: [{ key: 't', request: undefined, phase: 'waiting', seen: { ...theirs, pending } }] });
    assert.equal(theirsAsked?.text, '$(bell-dot) ana needs your approval: dry run of production');
    assert.match(theirsAsked?.tooltip.join('\n') ?? '', /dry run of \S+ waits for your approval — .*Dry run, ana/);
  });

  it('says what is live in production, or in the environment chosen, when nothing moves', () => {
    assert.deepEqual([say({})?.text, say({})?.ticks], ['$(rocket) production v1.4.2', false]);
    assert.equal(say({}, 'Staging')?.text, '$(rocket) staging v1.4.3');
    assert.equal(say({ environments: [] }), undefined);
    assert.equal(statusBarText([]), undefined);
  });

  it('says a conflict and missing knowledge instead of pretending', () => {
    const conflict = [anEnvironment({ target: aTarget(), history: [aLive('v1.4.2', '142', { verdict: 'disagree', conflict: 'sources' })] })];
    const calm = [anEnvironment({ target: aTarget(), history: [aLive('v1.4.2', '142', { verdict: 'disagree', conflict: 'recordOnly' })] })];
    assert.equal(say({ environments: calm })?.text, '$(rocket) production v1.4.2');
    assert.equal(say({ environments: conflict })?.text, '$(warning) production v1.4.2 · sources disagree');
    assert.equal(say({ environments: [anEnvironment({ target: aTarget(), live: 'unknown' })] })?.text, '$(rocket) production live version unknown');
    const offline = { kind: 'failed', error: new DeployError('offline', 'No network.'), asOf: minutes(108), retryAt: undefined } as const;
    assert.equal(say({ connection: offline })?.text, '$(debug-disconnect) production v1.4.2');
    assert.match(say({ connection: offline })?.accessibilityLabel ?? '', /No network\. Shown as of 12m ago\./);
  });

  it('follows one’s own deploy with time gone, time expected and the step', () => {
    const phases = ['queued', 'waiting', 'inProgress', 'cancelling'] as const;
    assert.deepEqual(
      phases.map((phase) => say({ tracked: [mine(phase)] })).map((said) => `${said?.text} ${said?.background}`),
      [
        '$(circle-large-outline) production v1.5.0: queued none',
        '$(bell-dot) production v1.5.0: waits for approval warning',
        String.raw`$(sync~spin) production v1.5.0 1m of ~1m 20s · Upload \$(bug) none`,
        '$(stop-circle) production v1.5.0: being cancelled none',
      ],
    );
    assert.equal(say({ tracked: [mine('inProgress')] })?.ticks, true);
  });

  it('tells several deploys apart and shows a rollback’s direction', () => {
    const tracked = [mine('inProgress', { environment: 'staging' }), mine('waiting', { kind: 'rollback', version: { ...version, label: 'v1.4.1' } }, 701)];
    assert.deepEqual([say({ tracked })?.text, say({ tracked })?.background], ['$(bell-dot) 2 deploys: staging v1.5.0 1m, production ↩ v1.4.1 waits for approval', 'warning']);
  });

  it('puts own deploys before teammates’ and says who deploys', () => {
    const theirs: TrackedRun = { key: 't', request: undefined, phase: 'inProgress', seen: seen(800, { actor: 'Ana', title: 'Deploy v1.4.3 to production' }) };
    const releases = [{ tag: 'v1.4.3', sha: sha('143') }].map((release) => ({ ...release, id: 1, name: '', isDraft: false, isPrerelease: false, createdAt: 0, publishedAt: 0, author: 'ana', url: '' }));
    assert.equal(say({ tracked: [theirs], releases })?.text, '$(sync~spin) Ana is deploying v1.4.3 to production 1m');
    assert.equal(say({ tracked: [theirs, mine('queued')], releases })?.text, '$(circle-large-outline) production v1.5.0: queued');
  });

  it('shows success for a minute and trouble until it is overtaken', () => {
    assert.equal(say({ tracked: [ended('success', 119.5)] })?.text, '$(pass-filled) production v1.5.0: deployed');
    assert.equal(say({ tracked: [ended('success', 118)] })?.text, '$(rocket) production v1.4.2');
    const failed = say({ tracked: [ended('failure', 90)] });
    assert.deepEqual([failed?.text, failed?.background], ['$(error) production v1.5.0: failed', 'error']);
    const later = [anEnvironment({ target: aTarget(), history: [aLive('v1.4.2', '142', { succeededAt: minutes(95) })] })];
    assert.equal(say({ tracked: [ended('failure', 90)], environments: later })?.text, '$(rocket) production v1.4.2');
    const refused: TrackedRun = { key: 'r', request: aRequest({ version, requestedAt: minutes(119) }), phase: 'rejected', error: new DeployError('forbidden', 'No.') };
    assert.equal(say({ tracked: [refused] })?.text, '$(error) production v1.5.0: not started');
  });

  it('leaves out the time that a reviewer was waited for', () => {
    const jobs = [
      aJob({ id: 1, status: 'completed', conclusion: 'success', startedAt: minutes(60), completedAt: minutes(61) }),
      aJob({ id: 2, startedAt: minutes(119.5), steps }),
    ];
    const tracked: TrackedRun = { ...mine('inProgress'), phase: 'inProgress', request: aRequest({ version }), seen: { ...seen(700, { startedAt: minutes(60) }), jobs } };
    assert.equal(say({ tracked: [tracked] })?.text, String.raw`$(sync~spin) production v1.5.0 1m 30s of ~1m 20s · Upload \$(bug)`);
  });

  it('asks for the reader’s own approval, and only says that others are waited for', () => {
    assert.match(asked(true)?.text ?? '', /^\$\(bell-dot\) ana needs your approval: \S+ to production$/);
    assert.match(asked(false)?.text ?? '', /^\$\(bell-dot\) ana waits for approval of \S+ in production$/);
    assert.deepEqual([asked(true)?.background, asked(false)?.background], ['warning', 'none']);
  });

  it('says a teammate’s failed deploy beside what is live for an hour', () => {
    assert.deepEqual([failedAt(100), failedAt(40)], ['$(error) production v1.4.2 · v1.4.3 failed', '$(rocket) production v1.4.2']);
  });

  it('lists every deploy and environment in the tooltip, escaped', () => {
    assert.deepEqual(say({ tracked: [mine('inProgress')] })?.tooltip, [
      String.raw`$(repo) lumen\/crm`,
      String.raw`$(sync) **production**: v1\.5\.0 deploying — 1m of \~1m 20s — Upload \\\$\(bug\) — Deploy, camille`,
      String.raw`**staging**: v1\.4\.3 \(1430000\) — 1h ago, ana`,
      String.raw`**production**: v1\.4\.2 \(1420000\) — 1h ago, ana`,
    ]);
  });
});

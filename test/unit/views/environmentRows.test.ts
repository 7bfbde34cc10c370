import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { environmentRows } from '../../../src/views/environmentRows.ts';
import { statusTooltip } from '../../../src/views/statusTooltip.ts';
import { aCommit, aJob, aRequest, aRun, aShipped, aTarget, aTargetWorkflow, minutes, sha, aWorkflowFile } from '../../support/build.ts';
import { aFacts, aLive, anEnvironment, anEvidence, aReader, aState, block, liveAs, treeText } from '../../support/screen.ts';

const deploy = aTargetWorkflow({ version: 'version' });
const staging = aTarget({ environment: 'staging', isProduction: false, deploy });
const production = aTarget({ deploy });

const environments = (productionLabel: string, commit: string) => [
  anEnvironment({ target: staging, history: [aLive('v1.5.0', '150', { environment: 'staging' })] }),
  anEnvironment({ target: production, history: [aLive(productionLabel, commit)] }),
];

const promotable = (label: string, commit: string) =>
  environmentRows(aState({ environments: environments(label, commit) }), aReader()).map(({ contextValue }) => /\bpromotable\b/.test(contextValue));

describe('the view Environments', () => {
  it('shows what is live, what waits, since when and by whom, with the history below', () => {
    const state = aState({
      environments: [
        anEnvironment({
          target: staging,
          history: [
            aLive('v1.5.0-rc.1', '150', { environment: 'staging', createdAt: minutes(110), succeededAt: minutes(112), by: 'camille' }),
            aShipped({ deploymentId: 40, label: 'v1.4.2', sha: sha('142'), createdAt: minutes(20), succeededAt: minutes(21) }),
          ],
          waiting: { kind: 'known', ahead: 1, behind: 0, commits: [] },
        }),
        anEnvironment({
          target: production,
          history: [
            aLive('v1.4.1', '141', { isRollback: true }),
            aShipped({ deploymentId: 45, label: 'v1.4.2', sha: sha('142'), createdAt: minutes(40), succeededAt: minutes(42) }),
            aShipped({ deploymentId: 44, label: 'v1.4.2', sha: sha('142'), state: 'failed', createdAt: minutes(30), succeededAt: undefined }),
            aShipped({ deploymentId: 43, label: 'v1.4.2', sha: sha('142'), state: 'cancelled', createdAt: minutes(25), succeededAt: undefined }),
            aShipped({ deploymentId: 42, label: 'v1.4.1', sha: sha('141'), createdAt: minutes(-1440), succeededAt: minutes(-1440) }),
          ],
          historyComplete: false,
          waiting: { kind: 'known', ahead: 7, behind: 0, commits: [] },
        }),
      ],
    });
    assert.equal(
      treeText(environmentRows(state, aReader())),
      block(`
        staging  v1.5.0-rc.1 · +1 commit · 8m ago · camille · 1500000  [pass-filled charts.green]
          v1.5.0-rc.1  live · 8m ago · camille · 1500000  [pass-filled charts.green]
          v1.4.2  1h ago · ana · 1420000  [pass]
        production  v1.4.1 · +7 commits · rollback · 1h ago · ana · 1410000  [pass-filled charts.green]
          v1.4.1  live · rollback · 1h ago · ana · 1410000  [pass-filled charts.green]
          v1.4.2  1h ago · ana · 1420000  [pass]
          v1.4.2  failed · 1h ago · ana · 1420000  [error charts.red]
          v1.4.2  cancelled · 1h ago · ana · 1420000  [circle-slash disabledForeground]
          v1.4.1  yesterday · ana · 1410000  [pass]
          Load More…  [ellipsis]
      `),
    );
  });

  it('says what is live first, then what is on its way there, how far it is and by whom', () => {
    const seen = {
      runId: 700,
      attempt: 1,
      url: 'https://github.com/lumen/crm/actions/runs/700',
      run: aRun({ id: 700, status: 'inProgress', startedAt: minutes(119) }),
      jobs: [aJob({ runId: 700 })],
      pending: [],
    };
    const request = aRequest({ environment: 'staging', version: { label: 'v1.5.0', kind: 'release', ref: 'v1.5.0', sha: sha('150') }, expectedMs: 90_000 });
    const at = (phase: 'queued' | 'waiting' | 'inProgress' | 'cancelling', kind: 'deploy' | 'rollback' = 'deploy') =>
      environmentRows(
        aState({
          environments: [anEnvironment({ target: staging, history: [aLive('v1.4.3', '143', { environment: 'staging' })] })],
          tracked: [{ key: 'mine', request: { ...request, kind }, phase, seen }],
        }),
        aReader(),
      )[0]?.description;
    assert.deepEqual([at('queued'), at('waiting'), at('inProgress'), at('cancelling'), at('inProgress', 'rollback')], [
      'v1.4.3 → v1.5.0 queued · camille',
      'v1.4.3 → v1.5.0 waits for approval · camille',
      'v1.4.3 → v1.5.0 deploying 1m of ~2m · camille',
      'v1.4.3 → v1.5.0 being cancelled · camille',
      'v1.4.3 ↩ v1.5.0 deploying 1m of ~2m · camille',
    ]);
  });

  it('shows a failed deploy until a later one succeeds', () => {
    const failed = aShipped({ deploymentId: 60, label: 'v1.4.3', sha: sha('143'), state: 'failed', createdAt: minutes(100), succeededAt: undefined });
    const rows = (more: ReturnType<typeof aShipped>[]) =>
      environmentRows(aState({ environments: [anEnvironment({ target: production, history: [...more, failed, aLive('v1.4.2', '142')] })] }), aReader());
    assert.equal(rows([])[0]?.description, 'v1.4.2 · v1.4.3 failed 20m ago · ana');
    assert.equal(rows([])[0]?.icon?.codicon, 'error');
    assert.ok(rows([])[0]?.tooltip.includes(String.raw`$(error) **v1\.4\.3 \(1430000\)** failed, started Sep 14\, 2026\, 10\:40 AM by ana`));
    const later = aShipped({ ...failed, deploymentId: 61, state: 'superseded', createdAt: minutes(110), succeededAt: minutes(50) });
    assert.equal(rows([later])[0]?.description, 'v1.4.2 · up to date · 1h ago · ana · 1420000');
  });

  it('says a conflict of the sources on the row itself and every source in the tooltip', () => {
    const live = aLive('v1.4.2', '142', {
      verdict: 'disagree',
      conflict: 'sources',
      evidence: [anEvidence('runTitle', 'v1.4.2', '142'), anEvidence('deploymentRecord', undefined, 'fff'), anEvidence('site', 'v1.4.1', undefined)],
    });
    const environment = anEnvironment({
      target: { ...production, versionUrl: 'https://crm.example/version' },
      history: [live],
      waiting: { kind: 'known', ahead: 1, behind: 2, commits: [aCommit(sha('c1'), [], { headline: 'Fix *all* of [it](http://evil)' })] },
      environment: { id: 1, name: 'production', protectionRules: [{ type: 'requiredReviewers', reviewers: ['ana', 'crm/ops'], preventSelfReview: true }, { type: 'waitTimer', minutes: 5 }] },
      expected: { medianMs: 95_000, count: 12 },
    });
    const [row] = environmentRows(aState({ environments: [environment] }), aReader());
    assert.equal(row?.description, 'v1.4.2 · sources disagree · +1 commit · 1h ago · ana · 1420000');
    assert.deepEqual(row.icon, { codicon: 'warning', color: 'charts.yellow' });
    assert.equal(
      row.tooltip.join('\n').replaceAll(/\\(?=[.,()/:-])/g, ''),
      block(`
        **v1.4.2 (1420000)** is live in **production**
        Since Sep 14, 2026, 10:00 AM, by ana
        $(warning) **The sources disagree:**
        - Title of the run: **v1.4.2** \`1420000\` — Sep 14, 2026, 10:00 AM
        - GitHub’s deployment record: \`fff0000\` — Sep 14, 2026, 10:00 AM
        - The site itself: **v1.4.1** — Sep 14, 2026, 10:00 AM
        1 commit of **main** waits:
        - Fix \\*all\\* of \\[it\\](http://evil) — ana
        2 live commits are not on **main**.
        $(rocket) Deploys with **deploy.yml**
        $(watch) A deploy takes about 1m 35s (median of 12)
        $(shield) Needs the approval of ana, crm/ops, not of who deploys
        $(shield) Waits 5 minutes before it starts
      `),
    );
  });

  it('stays calm where only GitHub’s own record names the commit that the run ran on, and explains it in the tooltip', () => {
    const record = { ...anEvidence('deploymentRecord', undefined, 'fff'), namesRunCommit: { branch: 'main' } };
    const live = aLive('v1.4.2', '142', { verdict: 'disagree', conflict: 'recordOnly', evidence: [anEvidence('runTitle', 'v1.4.2', '142'), record] });
    const [row] = environmentRows(aState({ environments: [anEnvironment({ target: production, history: [live] })] }), aReader());
    assert.equal(row?.description, 'v1.4.2 · up to date · 1h ago · ana · 1420000');
    assert.equal(row.icon?.codicon, 'pass-filled');
    assert.deepEqual(row.children?.().map(({ description, icon }) => [description, icon?.codicon]), [['live · 1h ago · ana · 1420000', 'pass-filled']]);
    assert.equal(
      row.tooltip.slice(2, 5).join('\n').replaceAll(/\\(?=[.,()/:-])/g, ''),
      block(`
        $(info) Only GitHub’s own record differs: it names the commit that the run ran on.
        - Title of the run: **v1.4.2** \`1420000\` — Sep 14, 2026, 10:00 AM
        - GitHub’s deployment record: \`fff0000\` on **main** — Sep 14, 2026, 10:00 AM
      `),
    );
  });

  it('tells "nothing yet", "unknown" and "no workflow" apart', () => {
    const rows = environmentRows(
      aState({
        environments: [
          anEnvironment({ target: staging }),
          anEnvironment({ target: production, live: 'unknown' }),
          anEnvironment({ target: aTarget({ environment: 'demo', isProduction: false, deploy: undefined, whyNot: 'The workflow is disabled.' }) }),
        ],
      }),
      aReader(),
    );
    assert.equal(
      treeText(rows, { context: true }),
      block(`
        staging  nothing deployed yet  [circle-outline disabledForeground]  {environment deployable openable}
        production  live version unknown  [question disabledForeground]  {environment deployable openable}
        demo  nothing deployed yet · no workflow deploys to it  [circle-slash disabledForeground]  {environment openable}
      `),
    );
    assert.ok(rows[2]?.tooltip.includes('$(circle-slash) The workflow is disabled.'));
  });

  it('offers a rollback only on earlier successes that differ from what is live and that some workflow can ship', () => {
    const history = [
      aLive('v1.4.2', '142'),
      aShipped({ deploymentId: 4, label: 'v1.4.2', sha: sha('142') }),
      aShipped({ deploymentId: 3, label: 'v1.4.1', sha: sha('141') }),
      aShipped({ deploymentId: 2, label: 'v1.4.0', sha: sha('140'), state: 'failed', succeededAt: undefined }),
    ];
    const capabilities = (target = production, more = {}) =>
      environmentRows(aState({ environments: [anEnvironment({ target, history })], ...more }), aReader()).flatMap((row) =>
        [row, ...(row.children?.() ?? [])].map(({ contextValue }) => contextValue.includes('rollbackable')),
      );
    assert.deepEqual(capabilities(), [true, false, false, true, false]);
    assert.deepEqual(capabilities(aTarget({ deploy: undefined })), [false, false, false, true, false], 'the menu stays, disabled');
    assert.deepEqual(capabilities(production, { facts: aFacts({ permission: 'read' }) }), [false, false, false, false, false]);
    assert.deepEqual(capabilities(production, { facts: aFacts({ isArchived: true }) }), [false, false, false, false, false]);
  });

  it('says why nothing is known where the workflow leaves no deployment records', () => {
    const silent = { name: 'production', isExpression: false, candidates: [], inputs: [], recordsDeployment: false };
    const target = aTarget({ deploy: { file: aWorkflowFile({ environments: [silent] }), inputs: {}, branch: 'main' } });
    const [row] = environmentRows(aState({ environments: [anEnvironment({ target, live: 'unknown' })] }), aReader());
    assert.match(row?.tooltip[0] ?? '', /leaves no deployment records .* cannot tell what is live in \*\*production\*\*/);
    const asked = { ...target, versionUrl: 'https://crm.example/version' };
    const [unanswered] = environmentRows(aState({ environments: [anEnvironment({ target: asked, live: 'unknown' })] }), aReader());
    assert.match(unanswered?.tooltip[1] ?? '', /The site did not tell its version: .*crm\.example/);
  });

  it('says where only the site tells what is live, and invents no date', () => {
    const evidence = [anEvidence('site', 'v1.4.2', '142')];
    const live = { ...liveAs(aLive('v1.4.2', '142', { evidence, verdict: 'unknown' })), deploymentId: undefined, runId: undefined, since: undefined, by: '' };
    const state = aState({ environments: [anEnvironment({ live })] });
    const [row] = environmentRows(state, aReader());
    assert.equal(row?.description, 'v1.4.2 · up to date · as the site says · 1420000');
    assert.deepEqual(row.tooltip.slice(1, 3), ['As the site says; since when and by whom is not known', '$(question) Nothing else confirms it:']);
    assert.equal(statusTooltip([{ state, reader: aReader(), environment: undefined }]).at(-1), '**production**: v1\\.4\\.2 \\(1420000\\) — as the site says');
  });

  it('shows a rollback that nothing can carry out as disabled, and says why', () => {
    const history = [aLive('v1.4.2', '142'), aShipped({ deploymentId: 3, label: 'v1.4.1', sha: sha('141') })];
    const blocked = aTarget({ deploy: undefined, whyNot: 'The workflow that deploys to {environment} is disabled. Enable it on GitHub.' });
    const [, earlier] = environmentRows(aState({ environments: [anEnvironment({ target: blocked, history })] }), aReader())[0]?.children?.() ?? [];
    assert.match(earlier?.contextValue ?? '', /^deployment rollbackable rollbackBlocked /);
    assert.match(earlier?.tooltip.at(-1) ?? '', /^\$\(circle-slash\) The workflow that deploys to production is disabled/);
  });

  it('offers a promotion where staging runs what production does not', () => {
    assert.deepEqual(promotable('v1.4.0', '140'), [true, true]);
    assert.deepEqual(promotable('v1.5.0', '150'), [false, false]);
  });

  it('keeps its keys when the version and the case of names change', () => {
    for (const [label, environment] of [['v1', 'production'], ['v2', 'Production']] as const) {
      const target = { ...production, environment };
      const rows = environmentRows(aState({ environments: [anEnvironment({ target, history: [aLive(label, '142')] })] }), aReader());
      assert.deepEqual(rows.map(({ key }) => key), ['github.com/lumen/crm|environment|production']);
    }
  });
});

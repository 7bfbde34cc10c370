import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Hold } from '../../../src/core/hold.ts';
import { environmentRows } from '../../../src/views/environmentRows.ts';
import { aJob, aRequest, aRun, aShipped, aTarget, aTargetWorkflow, aWorkflowFile, minutes, sha } from '../../support/build.ts';
import { aFacts, aLive, anEnvironment, aReader, aState, treeText } from '../../support/screen.ts';

const told = { by: 'ana', reason: 'The search is broken', at: minutes(90), isSticky: true, url: 'https://github.com/lumen/crm/actions/runs/7' };
const hold = (more: Partial<Hold> = {}): Hold => ({ environment: 'production', branch: 'production-branch-deploy-lock', isGlobal: false, told, ...more });
const target = aTarget({ deploy: aTargetWorkflow({ version: 'version' }) });
const live = aLive('v1.4.1', '141');
const state = (environment: Parameters<typeof anEnvironment>[0], more: Parameters<typeof aState>[0] = {}) => aState({ environments: [anEnvironment({ target, history: [live], ...environment })], ...more });
const rowOf = (...given: Parameters<typeof state>) => environmentRows(state(...given), aReader())[0];
const line = (...given: Parameters<typeof state>) => treeText(environmentRows(state(...given), aReader())).split('\n')[0] ?? '';
const words = (...given: Parameters<typeof state>) => rowOf(...given)?.contextValue.split(' ') ?? [];

describe('a held environment’s row', () => {
  it('says by whom right behind what is live, with a lock that asks for attention', () => {
    assert.equal(line({ hold: hold() }), 'production  v1.4.1 · held by ana · up to date · 1h ago · ana · 1410000  [lock charts.yellow]');
    assert.equal(rowOf({ hold: hold() })?.accessibilityLabel, 'production, v1.4.1, held by ana, up to date, 1h ago, ana, 1410000');
  });

  it('says that it is held where nobody can be named, and where nothing is live', () => {
    assert.equal(line({ hold: hold({ told: undefined }) }), 'production  v1.4.1 · held · up to date · 1h ago · ana · 1410000  [lock charts.yellow]');
    assert.equal(line({ hold: hold(), history: [] }), 'production  nothing deployed yet · held by ana  [lock charts.yellow]');
  });

  it('keeps the icon of what moves, failed or is in doubt', () => {
    const seen = { runId: 700, attempt: 1, url: '', run: aRun({ id: 700, status: 'inProgress' }), jobs: [aJob({ runId: 700 })], pending: [] };
    const moving = line({ hold: hold() }, { tracked: [{ key: 'mine', request: aRequest({ kind: 'rollback' }), phase: 'inProgress', seen }] });
    assert.match(moving, / · held by ana {2}\[sync~spin/);
    const failed = aShipped({ deploymentId: 60, label: 'v1.4.2', sha: sha('142'), state: 'failed', createdAt: minutes(100), succeededAt: undefined });
    assert.match(line({ hold: hold(), history: [failed, live] }), /^production {2}v1\.4\.1 · held by ana · v1\.4\.2 failed .*\[error/);
    assert.match(line({ hold: hold(), live: 'unknown' }), /^production {2}live version unknown · held by ana.*\[question/);
  });

  it('tells the reason, since when, where it was set and what passes', () => {
    const lines = rowOf({ hold: hold() })?.tooltip ?? [];
    const at = lines.findIndex((one) => one.startsWith('$(lock)'));
    assert.equal(lines[at], '$(lock) ana holds deploys to production: “The search is broken”. [Where it was set](https://github.com/lumen/crm/actions/runs/7)');
    assert.match(lines[at + 1] ?? '', /^Held since .*10\\:30.*\.$/);
    assert.equal(lines[at + 2], 'Only rollbacks pass until it is lifted by “Lift Hold…”.');
    const passing = rowOf({ hold: hold({ told: { ...told, isSticky: false, at: undefined } }) })?.tooltip ?? [];
    assert.ok(passing.includes('It is the lock of a deploy under way, which lifts it when it ends.'));
  });

  it('draws nothing that a hostile lock asks for', () => {
    const hostile = { ...told, by: '$(x)\u202Eana\n[b](command:c)', reason: '[press](command:boussole.deploy) <b>$(flame)' };
    const row = rowOf({ hold: hold({ told: hostile }) });
    assert.doesNotMatch(row?.tooltip.join('\n') ?? '', /(?<!\\)\]\(command:|(?<!\\)<b>|(?<!\\)\$\(flame\)/);
    assert.doesNotMatch(row?.description ?? '', /[\n\u202E]/);
  });

  it('can be lifted, and a free one held where a workflow does that', () => {
    const facts = aFacts({ holdWorkflow: aWorkflowFile({ path: '.github/workflows/hold.yml' }) });
    assert.deepEqual(words({ hold: hold() }, { facts }).filter((word) => word === 'held' || word === 'holdable'), ['held']);
    assert.deepEqual(words({}, { facts }).filter((word) => word === 'held' || word === 'holdable'), ['holdable']);
    assert.deepEqual(words({}).filter((word) => word === 'held' || word === 'holdable'), []);
    assert.deepEqual(words({ hold: hold() }, { facts: aFacts({ permission: 'read' }) }).filter((word) => word === 'held'), []);
  });
});

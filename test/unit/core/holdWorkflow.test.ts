import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { deployTargets } from '../../../src/core/deployTargets.ts';
import { holdWay, holdWorkflowIn, isHoldWorkflow } from '../../../src/core/holdWorkflow.ts';
import type { WorkflowFile } from '../../../src/core/workflowFile.ts';
import { createWorkflowFiles } from '../../../src/workflows/workflowFiles.ts';
import { projectRoot } from '../../support/projectRoot.ts';
import { plainSettings } from '../../support/startWorld.ts';

const parse = (name: string, text: string): WorkflowFile => createWorkflowFiles().parse(`.github/workflows/${name}`, text);
const hold = parse('hold.yml', readFileSync(join(projectRoot, 'pipeline/workflows/hold.yml'), 'utf8'));
const withActions = (...options: readonly string[]) =>
  parse('other.yml', `
on:
  workflow_dispatch:
    inputs:
      environment: { type: environment, required: true }
      action: { type: choice, options: [${options.join(', ')}] }
      reason: { required: true }
jobs:
  act: { environment: '\${{ inputs.environment }}', runs-on: x, steps: [{ run: ./act }] }
`);

describe('the workflow that holds deploys', () => {
  it('is known by its choice of actions', () => {
    assert.ok(isHoldWorkflow(hold));
    assert.ok(isHoldWorkflow(withActions('Hold', 'Release')));
  });

  it('is none that can ship as well, or that lifts without holding', () => {
    for (const file of [withActions('deploy', 'hold', 'release'), withActions('rollback', 'hold', 'release'), withActions('build', 'release'), withActions('lock', 'unlock')]) assert.equal(isHoldWorkflow(file), false);
  });

  it('is asked in the words and names of its own inputs', () => {
    assert.deepEqual(holdWay(hold, 'Production'), {
      workflow: '.github/workflows/hold.yml',
      inputs: { environment: 'environment', action: 'action', reason: 'reason', correlationId: 'correlation_id' },
      actions: { hold: 'hold', release: 'release' },
      environment: 'production',
    });
    assert.deepEqual(holdWay(withActions('Hold', 'RELEASE'), 'eu')?.actions, { hold: 'Hold', release: 'RELEASE' });
  });

  it('is no way for an environment that it does not know', () => {
    assert.equal(holdWay(hold, 'preview'), undefined);
  });

  it('does not count while it is disabled', () => {
    const state = (word: 'active' | 'disabled') => [{ id: 1, path: hold.path, name: 'Hold', state: word }];
    assert.equal(holdWorkflowIn([hold], state('active')), hold);
    assert.equal(holdWorkflowIn([hold], []), hold);
    assert.equal(holdWorkflowIn([hold], state('disabled')), undefined);
  });

  it('is neither a target nor a way to deploy or to roll back', () => {
    const deploy = parse('deploy.yml', `
on: { workflow_dispatch: { inputs: { version: {} } } }
jobs: { ship: { environment: production, runs-on: x, steps: [{ run: ./ship }] } }
`);
    const sources = { environments: [], deployments: [], settings: plainSettings, defaultBranch: 'main', workflowStates: [] };
    const told = (files: readonly WorkflowFile[]) => deployTargets({ ...sources, files }).map((target) => [target.environment, target.deploy?.file.path, target.rollback?.file.path]);
    assert.deepEqual(told([hold]), []);
    assert.deepEqual(told([withActions('hold', 'release'), hold, deploy]), [['production', '.github/workflows/deploy.yml', undefined]]);
  });
});

import assert from 'node:assert/strict';
import { pinKey, pinnedActions, renderPipeline } from '../../../src/core/pipelineTemplate.ts';
import { pipelineTemplates } from '../../../src/pipeline/templates.ts';
import { CI_YML, DEPLOY_YML, ROLLBACK_YML } from '../../../src/simulator/scenarios/crmFiles.ts';
import { createWorkflowChecks } from '../../../src/workflows/workflowChecks.ts';

const checks = createWorkflowChecks();

describe('the checks of workflow files, on workflows that are known', () => {
  const environments = [{ name: 'production', branch: 'main', isProduction: true }, { name: 'staging', branch: 'develop', isProduction: false }];
  const pins = Object.fromEntries(pinnedActions(pipelineTemplates).map((action) => [pinKey(action), 'a'.repeat(40)]));
  const files = renderPipeline(pipelineTemplates, { environments, packageManager: 'npm', records: 'own' }, pins).filter(({ path }) => path.startsWith('.github/workflows/'));

  it('find nothing in the pipeline that Set Up installs', () => {
    assert.deepEqual(files.map(({ path }) => path).sort(), ['.github/workflows/deploy.yml', '.github/workflows/hold.yml', '.github/workflows/rollback.yml']);
    for (const { path, text } of files) {
      const found = checks.check(path, text, { environments: ['production', 'staging', 'notifications'], owner: 'acme' });
      assert.deepEqual(found.map(({ code, range }) => `${path}:${range.start.line + 1} ${code}`), []);
    }
  });

  it('see what is dangerous once it is put into them', () => {
    const deploy = files.find(({ path }) => path.endsWith('/deploy.yml'));
    assert.ok(deploy);
    const worse = deploy.text.replace('queue: max', 'queue: single').replace(/timeout-minutes: \d+\n/, '\n').replaceAll("'production'", "'prodution'");
    assert.notEqual(worse, deploy.text);
    const found = new Set(checks.check(deploy.path, worse, { environments: ['production', 'staging', 'notifications'], owner: 'acme' }).map(({ code }) => code));
    for (const code of ['concurrency-queue', 'timeout', 'environment'] as const) assert.ok(found.has(code), code);
  });

  it('find nothing in the sample team’s workflows', () => {
    const facts = { environments: ['production', 'staging', 'notifications'], owner: 'atelier-nord' };
    for (const [name, text] of Object.entries({ 'deploy.yml': DEPLOY_YML, 'rollback.yml': ROLLBACK_YML, 'ci.yml': CI_YML })) {
      assert.deepEqual(checks.check(`.github/workflows/${name}`, text, facts).map(({ code, range }) => `${name}:${range.start.line + 1} ${code}`), []);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { leavesRecords } from '../../../src/core/environmentUse.ts';
import type { EnvironmentUse } from '../../../src/core/workflowFile.ts';
import { aTarget, aWorkflowFile } from '../../support/build.ts';

const job = (name: string, recordsDeployment: boolean): EnvironmentUse => ({ name, isExpression: false, candidates: [], inputs: [], recordsDeployment });

function records(...environments: readonly EnvironmentUse[]): boolean {
  return leavesRecords(aTarget({ environment: 'production', deploy: { file: aWorkflowFile({ environments }), inputs: {}, branch: 'main' } }));
}

describe('a workflow leaves deployment records', () => {
  it('unless every job that names the environment says otherwise', () => {
    assert.equal(records(job('Production', false)), false);
    assert.equal(records(job('Production', false), job('production', true)), true);
    assert.equal(records(job('production', false), job('staging', true)), false);
  });

  it('for all we know where nothing names the environment', () => {
    assert.deepEqual([records(), records(job('staging', false)), leavesRecords(aTarget({ deploy: undefined }))], [true, true, true]);
  });
});

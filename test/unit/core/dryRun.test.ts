import assert from 'node:assert/strict';
import { isDryRun } from '../../../src/core/dryRun.ts';

describe('a dry run', () => {
  it('is told by its own request', () => {
    assert.equal(isDryRun({ inputs: { dry_run: 'true' } }), true);
    assert.equal(isDryRun({ inputs: { dry_run: 'false' } }), false);
    assert.equal(isDryRun(undefined), false);
  });

  it('is told by the title that the pipeline gives it, when somebody else started it', () => {
    const title = 'Dry run of v1.2.0 to production';
    assert.equal(isDryRun(undefined, { event: 'workflow_dispatch', title }), true);
    assert.equal(isDryRun(undefined, { event: 'push', title }), false, 'a push has the title of a commit');
    assert.equal(isDryRun(undefined, { event: 'workflow_dispatch', title: 'Deploy v1.2.0 to production' }), false);
  });
});

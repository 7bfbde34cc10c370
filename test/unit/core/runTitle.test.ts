import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runTitle } from '../../../src/core/runTitle.ts';

const id = '63a0ff6e-8e0a-438b-9626-d8de76dea0d7';

describe('a run’s title', () => {
  it('is shown without the id by which tools find the run', () => {
    assert.equal(runTitle({ title: `Deploy v1.4.3 to production [${id}]` }), 'Deploy v1.4.3 to production');
  });

  it('keeps every other word in brackets, and an id that is all there is', () => {
    for (const title of ['chore(release): v1.4.3 [skip ci]', `Undo [${id}] for good`, `[${id}]`]) assert.equal(runTitle({ title }), title);
  });
});

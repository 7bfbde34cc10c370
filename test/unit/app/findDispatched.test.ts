import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { findDispatched } from '../../../src/app/findDispatched.ts';
import { aRequest, aRun, minutes, monday } from '../../support/build.ts';

const request = aRequest({ actor: 'camille', ref: 'main', requestedAt: monday });
const lost = { request, since: monday, titleCarriesId: false };
const mine = aRun({ id: 1, actor: 'camille', title: 'Deploy', createdAt: monday });

function found(runs: readonly ReturnType<typeof aRun>[], more: Partial<typeof lost> = {}, taken: ReadonlySet<number> = new Set()) {
  return findDispatched({ ...lost, ...more }, runs, taken)?.id;
}

describe('finding the run of a dispatch', () => {
  it('knows it by the correlation id, whatever else runs', () => {
    const named = aRun({ id: 2, actor: 'somebody', title: `Deploy v1 [${request.correlationId}]` });
    assert.equal(found([mine, aRun({ id: 3, actor: 'camille', title: 'Deploy' }), named]), 2);
  });

  it('takes the only run of that workflow, actor and ref since', () => {
    assert.equal(found([mine, aRun({ id: 2, actor: 'ana' }), aRun({ id: 3, actor: 'camille', branch: 'develop' })]), 1);
  });

  it('says nothing when two could be it, or the title should name the id and does not', () => {
    assert.equal(found([mine, { ...mine, id: 2 }]), undefined);
    assert.equal(found([mine], { titleCarriesId: true }), undefined);
  });

  it('never takes a run of another request, another id, another event, an earlier one or one that is taken', () => {
    assert.equal(found([{ ...mine, title: 'Deploy [99999999-2222-4333-8444-555555555555]' }]), undefined);
    assert.equal(found([{ ...mine, event: 'push' }]), undefined);
    assert.equal(found([{ ...mine, createdAt: minutes(-1) }]), undefined);
    assert.equal(found([{ ...mine, createdAt: minutes(60) }]), undefined);
    assert.equal(found([{ ...mine, workflowPath: '.github/workflows/ci.yml' }]), undefined);
    assert.equal(found([mine], {}, new Set([1])), undefined);
  });

  it('never adopts a stranger’s run, in any list', () => {
    const run = fc.record({
      id: fc.nat(20), actor: fc.constantFrom('camille', 'ana'), branch: fc.constantFrom('main', 'develop'), event: fc.constantFrom('workflow_dispatch', 'push'),
      createdAt: fc.integer({ min: minutes(-5), max: minutes(20) }), title: fc.constantFrom('Deploy', `Deploy [${request.correlationId}]`, 'Deploy [99999999-2222-4333-8444-555555555555]'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(run, { selector: ({ id }) => id, maxLength: 8 }), (list) => {
        const runs = list.map((one) => aRun(one));
        const answer = findDispatched(lost, runs, new Set());
        if (!answer || answer.title.includes(request.correlationId)) return;
        assert.deepEqual([answer.actor, answer.branch, answer.event, answer.title], ['camille', 'main', 'workflow_dispatch', 'Deploy']);
        assert.ok(!runs.some((one) => one.title.includes(request.correlationId)));
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });
});

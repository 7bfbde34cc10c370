import assert from 'node:assert/strict';
import { likelyMeant, slipOf } from '../../../src/core/likelyMeant.ts';
import { pinFix } from '../../../src/core/pinnedAction.ts';
import type { Finding } from '../../../src/core/finding.ts';
import { text } from '../../../src/core/text.ts';

describe('likelyMeant', () => {
  const known = ['production', 'staging', 'qa', 'eu-1', 'Live'];
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['prodution', 'production'], ['prodcution', 'production'], ['producton', 'production'], ['stagging', 'staging'], ['Stagin', 'staging'],
    ['production', undefined], ['PRODUCTION', undefined], ['preproduction', undefined], ['europe', undefined], ['qb', undefined], ['eu-2', undefined],
    ['liv', 'Live'], ['', undefined], ['x'.repeat(100_000), undefined],
  ];
  for (const [name, meant] of cases) it(`takes ${JSON.stringify(name.slice(0, 20))} for ${meant ?? 'nothing else'}`, () => assert.equal(likelyMeant(name, known), meant));
});

describe('slipOf', () => {
  it('finds what GitHub made up beside a usual environment', () => {
    assert.equal(slipOf('stagging', ['staging', 'stagging', 'production']), 'staging');
    assert.equal(slipOf('Prodution', ['Production', 'Prodution']), 'Production');
  });

  it('leaves alone what is meant', () => {
    for (const name of ['staging', 'preview-2', 'preview-a', 'stagings', 'prod-eu', 'prod-us', 'notifications']) assert.equal(slipOf(name, ['staging', 'preview', 'prod-eu', 'prod-us', name]), undefined, name);
    assert.equal(slipOf('stagging', ['stagging', 'production']), undefined, 'nothing else can be meant');
  });
});

const at = (character: number) => ({ line: 3, character });

describe('pinFix', () => {
  const finding: Finding = {
    code: 'unpinned-action', severity: 'warning', range: { start: at(6), end: at(30) }, message: text(''), why: text(''), source: '', fixes: [],
    pin: { action: 'a/b', tag: 'v1', range: { start: at(20), end: at(22) } },
  };
  const sha = 'd'.repeat(40);

  it('keeps the tag as a comment, in the place of the one that was there', () => {
    assert.deepEqual(pinFix(finding, sha, '')?.edits, [{ range: { start: at(20), end: at(22) }, newText: `${sha} # v1` }]);
    assert.deepEqual(pinFix(finding, sha, ' # old')?.edits, [{ range: { start: at(20), end: at(28) }, newText: `${sha} # v1` }]);
    assert.deepEqual(pinFix(finding, sha, '"')?.edits, [{ range: { start: at(20), end: at(23) }, newText: `${sha}" # v1` }]);
  });

  it('leaves lines alone on which more follows', () => assert.equal(pinFix(finding, sha, ', with: {} }'), undefined));
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { holdOn, holdSentence, lockBranch, type LockBranch } from '../../../src/core/hold.ts';
import { english } from '../../support/screen.ts';

const webUrl = 'https://github.com';
const lock = (name: string, value: unknown): LockBranch => ({ name, text: typeof value === 'string' ? value : JSON.stringify(value) });
const ana = { created_by: 'ana', reason: 'The search is broken', created_at: '2026-09-14T09:00:00Z', sticky: true, link: 'https://github.com/lumen/crm/actions/runs/7' };
const sentence = (environment: string, ...locks: readonly LockBranch[]) => {
  const hold = holdOn(environment, locks, webUrl);
  return hold && english(holdSentence(hold));
};
const told = (more: object) => holdOn('production', [lock('production-branch-deploy-lock', { ...ana, ...more })], webUrl)?.told;

describe('a hold', () => {
  it('is read from the lock that its branch carries', () => {
    assert.deepEqual(holdOn('production', [lock('staging-branch-deploy-lock', ana), lock('production-branch-deploy-lock', ana)], webUrl), {
      environment: 'production',
      branch: 'production-branch-deploy-lock',
      isGlobal: false,
      told: { by: 'ana', reason: 'The search is broken', at: Date.UTC(2026, 8, 14, 9), isSticky: true, url: 'https://github.com/lumen/crm/actions/runs/7' },
    });
    assert.equal(holdOn('preview', [lock('production-branch-deploy-lock', ana)], webUrl), undefined);
  });

  it('of all environments holds each, behind an environment’s own', () => {
    const all = lock('global-branch-deploy-lock', { ...ana, created_by: 'jonas', reason: null, environment: null, global: true });
    assert.equal(sentence('production', all), 'jonas holds deploys to all environments, without a reason.');
    assert.equal(sentence('production', all, lock('production-branch-deploy-lock', ana)), 'ana holds deploys to production: “The search is broken”.');
  });

  it('is found whatever the case of the environment’s name, with hyphens for blanks', () => {
    assert.equal(lockBranch('EU  West'), 'EU--West-branch-deploy-lock');
    assert.equal(sentence('Production', lock('production-branch-deploy-lock', ana)), 'ana holds deploys to Production: “The search is broken”.');
    assert.equal(sentence('eu west', lock('eu-west-branch-deploy-lock', ana)), 'ana holds deploys to eu west: “The search is broken”.');
  });

  it('stands although nothing readable says why', () => {
    const unreadable: readonly unknown[] = ['', 'not JSON', '[]', 'null', '7', '"ana"', '{"created_by":', { reason: 'x' }, { ...ana, created_by: 7 }, { ...ana, created_by: ' ' }, { ...ana, created_by: 'x'.repeat(101) }, { ...ana, pad: 'x'.repeat(20_000) }];
    for (const value of unreadable) {
      assert.equal(sentence('production', lock('production-branch-deploy-lock', value)), 'Deploys to production are held; by whom and why cannot be read.', JSON.stringify(value).slice(0, 60));
    }
    assert.equal(holdOn('production', [{ name: 'production-branch-deploy-lock', text: undefined }], webUrl)?.told, undefined);
    assert.equal(sentence('production', { name: 'global-branch-deploy-lock', text: undefined }), 'Deploys to all environments are held; by whom and why cannot be read.');
  });

  it('takes from a hostile lock only what has the right type and a sane length', () => {
    assert.equal(told({ reason: 'x'.repeat(5_000) })?.reason.length, 1_000);
    assert.equal(told({ reason: { toString: 'x' } })?.reason, '');
    assert.deepEqual([told({ created_at: 'tomorrow' })?.at, told({ created_at: 9e99 })?.at, told({ created_at: `2026-09-14${' '.repeat(60)}` })?.at], [undefined, undefined, undefined]);
    assert.deepEqual([told({ sticky: false })?.isSticky, told({ sticky: 'no' })?.isSticky], [false, true]);
    for (const link of ['https://github.com.evil.test/x', 'command:boussole.deploy', 'https://evil.test/', 7, `https://github.com/${'x'.repeat(600)}`]) assert.equal(told({ link })?.url, undefined);
  });
});

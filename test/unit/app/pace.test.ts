import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { nextLook, type Look, type Situation } from '../../../src/app/pace.ts';

const now = 10_000_000;
const second = 1_000;
const minute = 60 * second;

/** Loaded, idle, looked at, everything read just now. */
function situation(more: Partial<Situation> = {}): Situation {
  return {
    attention: { focused: true, visible: true }, backgroundRefresh: true, isLoaded: true, isPrimed: true, followed: 'none', isHeld: false,
    lastAt: { picture: now, runs: now, probe: now, observe: now }, searchAt: undefined, pictureDueAt: undefined, recent: [],
    failures: { count: 0, lastAt: 0, isTemporary: true }, jitter: 0, blockedUntil: undefined, isScarce: false, ...more,
  };
}

function plan(more: Partial<Situation>): readonly [Look, number] | undefined {
  const next = nextLook(situation(more));
  return next && [next.look, (next.at - now) / second];
}

const hidden = { focused: true, visible: false };
const away = { focused: false, visible: true };

describe('pace', () => {
  it('probes once a minute while nothing happens and somebody looks', () => {
    assert.deepEqual(plan({}), ['probe', 60]);
  });

  it('asks for the newest runs every five minutes behind other views, and nothing from a window nobody looks at', () => {
    assert.deepEqual(plan({ attention: hidden }), ['runs', 300]);
    assert.equal(plan({ attention: away }), undefined);
    assert.equal(plan({ attention: { focused: false, visible: false } }), undefined);
  });

  it('asks nothing by itself when that is switched off, but follows what was started', () => {
    assert.equal(plan({ backgroundRefresh: false }), undefined);
    assert.deepEqual(plan({ backgroundRefresh: false, followed: 'own' }), ['observe', 4.6]);
  });

  it('looks every few seconds at what is live, slower in the background, and at others’ runs only while somebody may see it', () => {
    assert.deepEqual(plan({ followed: 'own' }), ['observe', 4.6]);
    assert.deepEqual(plan({ followed: 'own', attention: away }), ['observe', 20]);
    assert.deepEqual(plan({ followed: 'others' }), ['observe', 4.6]);
    assert.deepEqual(plan({ followed: 'others', attention: hidden }), ['observe', 15]);
    assert.equal(plan({ followed: 'others', attention: away }), undefined);
  });

  it('looks more rarely at what has been waiting for a person for minutes', () => {
    assert.deepEqual(plan({ followed: 'own', isHeld: true }), ['observe', 15]);
    assert.deepEqual(plan({ followed: 'own', isHeld: true, attention: away }), ['observe', 60]);
    assert.deepEqual(plan({ followed: 'others', isHeld: true }), ['observe', 60]);
  });

  it('still asks for new runs now and then while it follows', () => {
    assert.deepEqual(plan({ followed: 'own', lastAt: { picture: now, observe: now, runs: now - 1.5 * minute } }), ['runs', 0]);
  });

  it('reads everything anew now and then, and soon where a record is behind', () => {
    assert.deepEqual(plan({ lastAt: { picture: now - 60 * minute, probe: now } }), ['picture', 0]);
    assert.deepEqual(plan({ pictureDueAt: now + 3 * second }), ['picture', 3]);
  });

  it('searches when a dispatch has no run yet, in any window', () => {
    assert.deepEqual(plan({ attention: away, searchAt: now + second }), ['search', 1]);
  });

  it('backs off after failures, at most half a minute while somebody looks, and waits as long as GitHub says', () => {
    const failed = (count: number, more: Partial<Situation> = {}) => plan({ failures: { count, lastAt: now, isTemporary: true }, ...more })?.[1];
    assert.deepEqual([1, 2, 3, 4, 9].map((count) => failed(count)), [4, 8, 16, 30, 30]);
    assert.equal(plan({ failures: { count: 9, lastAt: now, isTemporary: false } })?.[1], 300);
    assert.deepEqual(plan({ blockedUntil: now + 600 * second, followed: 'own' })?.[1], 600);
  });

  it('keeps a window that could not read anything trying, and lets one that nobody looks at be', () => {
    const failures = { count: 1, lastAt: now, isTemporary: true };
    assert.deepEqual(plan({ isLoaded: false, lastAt: {}, failures }), ['picture', 4]);
    assert.equal(plan({ isLoaded: false, lastAt: {}, failures, attention: away }), undefined);
  });

  it('puts off what is asked beyond fifteen times a minute, a live run only a little', () => {
    const recent = Array.from({ length: 15 }, (_, index) => now - 50 * second + index * second);
    assert.deepEqual(plan({ recent, pictureDueAt: now }), ['picture', 11]);
    assert.deepEqual(plan({ followed: 'own', recent }), ['observe', 5.8]);
  });

  it('spares a budget that is nearly spent', () => {
    assert.deepEqual(plan({ isScarce: true }), ['probe', 300]);
    assert.deepEqual(plan({ isScarce: true, followed: 'own' }), ['observe', 13.8]);
  });

  it('keeps its bounds in every situation', () => {
    const at = fc.integer({ min: now - 20 * minute, max: now });
    const any = fc.record({
      focused: fc.boolean(), visible: fc.boolean(), background: fc.boolean(), loaded: fc.boolean(), primed: fc.boolean(), followed: fc.constantFrom('own', 'others', 'none'),
      observe: at, runs: at, probe: at, picture: at, failures: fc.nat(12), failedAt: at, temporary: fc.boolean(), jitter: fc.double({ min: 0, max: 1, noNaN: true }), scarce: fc.boolean(),
      blocked: fc.option(fc.nat(minute)),
    });
    fc.assert(
      fc.property(any, (one) => {
        const given = situation({
          attention: { focused: one.focused, visible: one.visible }, backgroundRefresh: one.background, isLoaded: one.loaded, isPrimed: one.primed,
          followed: one.followed, lastAt: { observe: one.observe, runs: one.runs, probe: one.probe, picture: one.picture },
          failures: { count: one.failures, lastAt: one.failedAt, isTemporary: one.temporary }, jitter: one.jitter, isScarce: one.scarce,
          blockedUntil: one.blocked === null ? undefined : now + one.blocked,
        });
        const next = nextLook(given);
        if (!one.focused && one.followed !== 'own') assert.equal(next, undefined);
        if (next && given.blockedUntil !== undefined) assert.ok(next.at >= given.blockedUntil);
        if (next?.look === 'observe') assert.ok(next.at >= one.observe + 4.6 * second);
        if (next?.look === 'probe') assert.ok(next.at >= one.probe + minute);
        if (one.followed === 'own' && one.loaded) assert.ok(next, 'an own deploy is always followed');
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });
});

import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Commit } from '../../../src/core/commit.ts';
import { divergence } from '../../../src/core/commitGraph.ts';
import { aCommit, monday } from '../../support/build.ts';

function graph(...commits: readonly Commit[]): ReadonlyMap<string, Commit> {
  return new Map(commits.map((commit) => [commit.sha, commit]));
}

describe('commits waiting', () => {
  it('counts a straight line, and both ways where branches parted', () => {
    const line = graph(aCommit('d', ['c']), aCommit('c', ['b']), aCommit('b', ['a']), aCommit('x', ['a']));
    assert.deepEqual(pick(divergence(line, 'b', 'd')), { ahead: 2, behind: 0 });
    assert.deepEqual(pick(divergence(graph(aCommit('c', ['b']), aCommit('b', ['a']), aCommit('x', ['a']), aCommit('a')), 'x', 'c')), { ahead: 2, behind: 1 });
    assert.deepEqual(pick(divergence(line, 'd', 'd')), { ahead: 0, behind: 0 });
  });

  it('counts a merged side branch once, when all of what is live is known', () => {
    const merged = graph(aCommit('m', ['c', 's']), aCommit('c', ['b']), aCommit('s', ['b']), aCommit('b', ['a']), aCommit('a'));
    assert.deepEqual(pick(divergence(merged, 'b', 'm')), { ahead: 3, behind: 0 });
  });

  it('says nothing where the window does not prove it', () => {
    const window = graph(aCommit('m', ['c', 's']), aCommit('c', ['b']), aCommit('s', ['old']), aCommit('b', ['older']));
    assert.equal(divergence(window, 'b', 'm'), undefined, 'the side branch leaves the window');
    assert.equal(divergence(window, 'unknown', 'm'), undefined);
    assert.equal(divergence(graph(aCommit('m', ['c', 's']), aCommit('c', ['b']), aCommit('s', ['r']), aCommit('r'), aCommit('b', ['older'])), 'b', 'm'), undefined, 's may have come in through “older”');
  });

  it('counts a side branch that is younger than all through which older history could have come in', () => {
    const day = 24 * 3_600_000;
    const at = (days: number) => ({ committedAt: monday + days * day });
    const window = (side: number) =>
      graph(
        aCommit('m', ['c', 's'], at(9)), aCommit('c', ['b'], at(8)), aCommit('s', ['r'], at(side)), aCommit('r', ['b'], at(6)),
        aCommit('b', ['a'], at(5)), aCommit('a', ['older'], at(2)),
      );
    assert.deepEqual(pick(divergence(window(7), 'c', 'm')), { ahead: 3, behind: 0 });
    assert.equal(divergence(window(2.5), 'c', 'm'), undefined, 's may have come in through “older”, clocks being what they are');
  });

  it('is never wrong, whatever part of any history is known', () => {
    const shape = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 14 });
    let proven = 0;
    fc.assert(
      fc.property(shape, fc.nat(), fc.nat(), fc.constantFrom(0, 0.5, 2), (rows, a, b, daysApart) => {
        const all = rows.map(([first, second, merges], index) => {
          const parents = index === 0 ? [] : merges && index > 1 ? [...new Set([first % index, second % index])] : [first % index];
          return aCommit(String(index), parents.map(String), { committedAt: monday + index * daysApart * 24 * 3_600_000 });
        });
        const known = new Map(all.filter((_, index) => rows[index]?.[3]).map((commit) => [commit.sha, commit]));
        const whole = graph(...all);
        const [live, head] = [String(a % all.length), String(b % all.length)];
        const answer = divergence(known, live, head);
        if (!answer) return;
        proven++;
        assert.equal(answer.ahead, [...reachable(whole, head)].filter((sha) => !reachable(whole, live).has(sha)).length);
        if (answer.behind !== undefined) assert.equal(answer.behind, [...reachable(whole, live)].filter((sha) => !reachable(whole, head).has(sha)).length);
      }),
      { seed: 7, numRuns: 3_000 },
    );
    assert.ok(proven > 300, `${proven} cases were proven`);
  });

  it('always proves it when everything is known', () => {
    const everything = graph(aCommit('m', ['c', 's']), aCommit('c', ['a']), aCommit('s', ['a']), aCommit('a'));
    for (const live of everything.keys()) for (const head of everything.keys()) assert.notEqual(divergence(everything, live, head), undefined);
  });
});

function reachable(commits: ReadonlyMap<string, Commit>, from: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(from)) return found;
  found.add(from);
  for (const parent of commits.get(from)?.parents ?? []) reachable(commits, parent, found);
  return found;
}

function pick(found: ReturnType<typeof divergence>) {
  return found && { ahead: found.ahead, behind: found.behind };
}

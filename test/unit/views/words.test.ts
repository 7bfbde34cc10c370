import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { duration } from '../../../src/views/duration.ts';
import { statusText } from '../../../src/views/iconEscape.ts';
import { bold, escaped, link } from '../../../src/views/markdownEscape.ts';
import { absoluteTime, relativeTime } from '../../../src/views/relativeTime.ts';
import { minutes } from '../../support/build.ts';
import { aReader } from '../../support/screen.ts';

const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ');

describe('times', () => {
  it('are relative, in the reader’s language, and never in the future', () => {
    const ages = [-5, 0.5, 5, 60 * 3, 60 * 24 * 3, 60 * 24 * 90, 60 * 24 * 800];
    const said = (language: string) => ages.map((age) => plain(relativeTime(minutes(120 - age), aReader({ language }))));
    assert.deepEqual(said('en'), ['now', 'now', '5m ago', '3h ago', '3d ago', '3mo ago', '2y ago']);
    assert.deepEqual(said('fr'), ['maintenant', 'maintenant', 'il y a 5 min', 'il y a 3 h', 'il y a 3 j', 'il y a 3 m.', 'il y a 2 a']);
  });

  it('are absolute in tooltips', () => {
    assert.equal(plain(absoluteTime(minutes(0), aReader())), 'Sep 14, 2026, 9:00 AM');
    assert.equal(plain(absoluteTime(minutes(0), aReader({ language: 'fr', timeZone: 'Europe/Paris' }))), '14 sept. 2026, 11:00');
  });

  it('take at most two units', () => {
    const lengths = [-1, 0, 42, 60, 72, 3600, 3905, 90_000].map((seconds) => seconds * 1000);
    assert.deepEqual(lengths.map((ms) => duration(ms, { language: 'en' })), ['0s', '0s', '42s', '1m', '1m 12s', '1h', '1h 5m', '1d 1h']);
    assert.deepEqual(lengths.map((ms) => plain(duration(ms, { language: 'fr' }))), ['0 s', '0 s', '42 s', '1 min', '1 min 12 s', '1 h', '1 h 5 min', '1 j 1 h']);
  });
});

describe('foreign text', () => {
  it('is printed as written in tooltips: no markup, link, address, icon or HTML', () => {
    assert.equal(escaped('*a* [b](c) <d> `e`'), String.raw`\*a\* \[b\]\(c\) \<d\> \`e\``);
    assert.equal(escaped('https://evil.example me@x.org'), String.raw`https\:\/\/evil\.example me\@x\.org`);
    assert.equal(escaped('$(bug) $(no name)'), String.raw`\\\$\(bug\) \$\(no name\)`);
    assert.equal(bold(' \u202E '), '');
  });

  it('cannot hide or reorder anything and is cut', () => {
    assert.equal(escaped('a\u202Eb\u0007\nc'), 'ab c');
    assert.equal(escaped('x'.repeat(10_000)).length, 300);
  });

  it('links only to web pages', () => {
    assert.equal(link('here', 'https://github.com/a(b)'), '[here](https://github.com/a%28b%29)');
    assert.equal(link('here', 'command:boussole.deploy'), 'here');
    assert.equal(link('here', 'javascript:alert(1)'), 'here');
    assert.equal(link('here', undefined), 'here');
  });

  it('draws no icons in the status bar', () => {
    assert.equal(statusText('$(bug) fix $(sync~spin)'), String.raw`\$(bug) fix \$(sync~spin)`);
  });
});

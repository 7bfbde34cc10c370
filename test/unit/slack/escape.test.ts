import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codeSpan, escaped, link, unmarked } from '../../../src/slack/escape.ts';

describe('Escaping for Slack', () => {
  it('leaves no mention, link or entity in hostile text', () => {
    assert.equal(escaped('<!channel> & <@U1> <https://evil.test|here>', 200), '&lt;!channel&gt; &amp; &lt;@U1&gt; &lt;https://evil.test|here&gt;');
  });

  it('escapes an entity that was written by hand, so that it reads as written', () => {
    assert.equal(escaped('&lt;!channel&gt;', 200), '&amp;lt;!channel&amp;gt;');
  });

  it('takes away control, bidirectional and invisible characters and keeps to one line', () => {
    assert.equal(escaped('a\u202Eb\u0007c\u200Bd\ne\tf\ud800', 200), 'abcd e f');
  });

  it('puts a dash where nothing is left, because Slack refuses empty text', () => {
    assert.equal(escaped(' \u202E\n', 50), '—');
    assert.equal(codeSpan('', 50), '—');
  });

  it('cuts after escaping and never inside an entity or an emoji', () => {
    assert.equal(escaped('<<<<', 10), '&lt;&lt;…');
    assert.equal(escaped('ab🚀cd', 4), 'ab…');
    assert.equal(escaped('abcd', 4), 'abcd');
  });

  it('never passes the limit and always stays decodable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 10, max: 120 }), (source, max) => {
        const text = escaped(source, max);
        assert.ok(text.length > 0 && text.length <= max);
        assert.doesNotMatch(text, /[<>\n]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('cannot be left by a backtick in a code span', () => {
    assert.equal(codeSpan('a`*b*`', 50), '`aˋ*b*ˋ`');
  });

  it('takes formatting marks and emoji from names', () => {
    assert.equal(unmarked('*ana*_~`:tada:', 50), 'ana tada');
  });

  it('links to web addresses only, whose separators are encoded', () => {
    assert.equal(link('https://github.com/a/b?x=1&y=<z>|w', 'Run'), '<https://github.com/a/b?x=1&amp;y=%3Cz%3E%7Cw|Run>');
    assert.equal(link('javascript:alert(1)', 'Run'), 'Run');
    assert.equal(link(undefined, 'Run'), 'Run');
    assert.equal(link(`https://github.com/${'a'.repeat(3000)}`, 'Run'), 'Run');
  });
});

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/projectRoot.ts';

/** Sentences that the product says: literals of `l10n.t`, `text` and `DeployError`, and answers of functions that give a template. */
function sentencesOf(file: string): readonly string[] {
  const source = file.replace(/\/\*[\s\S]*?\*\//g, '');
  const literal = String.raw`\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\`(?:[^\`\\$]|\\.)*\`)`;
  const collect = (before: string) => [...source.matchAll(new RegExp(before + literal, 'g'))].map(([, quoted]) => unquote(quoted ?? ''));
  return [
    ...collect(String.raw`(?:\bl10n\.t\(|(?<![#.\w])text\(|\bnew DeployError\(\s*'\w+',)`),
    ...collect(String.raw`(?:\breturn|\?\?|[?:]|(?<![=!])=)`).filter((words) => /^[A-Z{“].* .*\.$/.test(words)),
  ];
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\u\{?([0-9a-fA-F]+)\}?/g, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16))).replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
}

function placesOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

function readJson(path: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(projectRoot, path), 'utf8')) as Record<string, string>;
}

/** Typography that a French reader expects: a no-break space before `: ; ? ! »` and after `«`, and curly apostrophes. */
function slipsOf(french: string): readonly string[] {
  const prose = french.replace(/`[^`]*`/g, '').replace(/\]\([^)]*\)/g, ']').replace(/https?:\S+/g, '').replace(/\{\w+\}/g, 'x');
  return [
    ...(/[^\s\u00a0\u202f(][:;?!»](?=\s|$)/u.test(prose) ? ['no space before : ; ? ! »'] : []),
    ...(/ [:;?!»]/u.test(prose) ? ['breaking space before : ; ? ! »'] : []),
    ...(/\p{L}'\p{L}/u.test(prose) ? ['straight apostrophe'] : []),
    ...(/\.\.\./.test(prose) ? ['three dots'] : []),
  ];
}

describe('languages', () => {
  // The sample team speaks English; Slack's messages have words of their own, in the channel's language.
  const files = globSync('src/**/*.ts', { cwd: projectRoot }).filter((path) => !/^src[/\\](?:simulator[/\\]|webview[/\\]|slack[/\\]words\.ts$)/.test(path));
  const sentences = new Set(files.flatMap((path) => sentencesOf(readFileSync(join(projectRoot, path), 'utf8'))));
  const french = readJson('l10n/bundle.l10n.fr.json');

  it('finds the sentences', () => {
    assert.ok(sentences.size > 200, `only ${sentences.size} sentences were found`);
  });

  it('says every sentence in French', () => {
    assert.deepEqual([...sentences].filter((sentence) => french[sentence] === undefined), []);
  });

  it('keeps no French sentence that nobody says', () => {
    assert.deepEqual(Object.keys(french).filter((sentence) => !sentences.has(sentence)), []);
  });

  it('keeps the places of every sentence', () => {
    const wrong = Object.entries(french).filter(([english, translated]) => placesOf(english).join() !== placesOf(translated).join());
    assert.deepEqual(wrong, []);
  });

  it('writes French as French is written', () => {
    const slips = [...Object.entries(french), ...Object.entries(readJson('package.nls.fr.json'))].flatMap(([key, translated]) => slipsOf(translated).map((slip) => `${slip}: ${key}`));
    assert.deepEqual(slips, []);
  });

  it('has every text of the manifest in both languages, and no more', () => {
    const used = new Set([...readFileSync(join(projectRoot, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? ''));
    assert.deepEqual(Object.keys(readJson('package.nls.json')).sort(), [...used].sort());
    assert.deepEqual(Object.keys(readJson('package.nls.fr.json')).sort(), [...used].sort());
  });
});

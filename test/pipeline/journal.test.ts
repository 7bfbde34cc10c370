import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployServer, startDeployServer } from '../support/pipeline/deployServer.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'flock'], 'relctl verify-journal', () => {
  let server: DeployServer;
  let path: string;
  let lines: string[];
  beforeEach(async () => {
    server = await startDeployServer();
    path = join(server.base, '.relctl/journal.jsonl');
    await server.publish('v1', 'none');
    await server.publish('v2', 'v1');
    lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  });
  afterEach(() => server.dispose());

  const verifyAfter = async (changed: readonly string[], ...words: string[]) => {
    writeFileSync(path, changed.map((line) => `${line}\n`).join(''));
    const { outcome, code, message } = await server.relctl('verify-journal', ...words);
    assert.equal(code, outcome === 'journal_intact' ? 0 : 1);
    return message;
  };

  it('finds a whole chain whole, and its head is the one that publish answered with', async () => {
    const answer = await server.relctl('publish', 'v2', 'any');
    const verified = await server.relctl('verify-journal', String(answer['journal_head']));
    assert.deepEqual([verified.outcome, verified['entries'], verified['journal_head']], ['journal_intact', 6, answer['journal_head']]);
  });

  it('finds an entry that was changed, taken out, put elsewhere or added', async () => {
    assert.match(await verifyAfter(lines.with(1, (lines[1] ?? '').replace('"v1"', '"v7"'))), /^Entry 2 was changed/);
    assert.match(await verifyAfter(lines.toSpliced(2, 1)), /^Entry 3 is missing/);
    assert.match(await verifyAfter(lines.toSpliced(1, 2, lines[2] ?? '', lines[1] ?? '')), /^Entry 2 is missing/);
    assert.match(await verifyAfter([...lines, lines[5] ?? '']), /^Entry 7 is missing/);
    assert.match(await verifyAfter([...lines, 'words']), /^Entry 7 is not a journal line/);
  });

  it('finds a missing tail by the head beside it, or by a head kept elsewhere', async () => {
    assert.match(await verifyAfter(lines.slice(0, 4)), /^Entry 5 is missing/);
    assert.match(await verifyAfter([]), /^Entry 1 is missing/);
    const known = (await server.relctl('status'))['journal_head'] as string;
    const [seq, hash] = [4, (JSON.parse(lines[3] ?? '') as { hash: string }).hash];
    writeFileSync(join(server.base, '.relctl/journal.head'), `${seq}:${hash}\n`);
    assert.match(await verifyAfter(lines.slice(0, 4)), /whole/);
    assert.match(await verifyAfter(lines.slice(0, 4), known), /^Entry 6 is not the one known elsewhere/);
  });

  it('verifies a long journal, and finds the one entry in it that was changed', async () => {
    const entries = 1_234;
    let prev = '0'.repeat(64);
    const long = Array.from({ length: entries }, (_, index) => {
      const body = `{"seq":${index + 1},"at":"2026-01-01T00:00:00Z","event":"publish_done","release":"v${index}","from":"","detail":"","prev":"${prev}"`;
      prev = createHash('sha256').update(body).digest('hex');
      return `${body},"hash":"${prev}"}`;
    });
    writeFileSync(join(server.base, '.relctl/journal.head'), `${entries}:${prev}\n`);
    assert.equal(await verifyAfter(long), `The chain of ${entries} entries is whole.`);
    assert.match(await verifyAfter(long.with(1_000, (long[1_000] ?? '').replace('"v1000"', '"v7"'))), /^Entry 1001 was changed/);
  });

  it('goes on after a line that a full disk cut short', async () => {
    appendFileSync(path, '{"seq":7,"at":"20');
    assert.match((await server.relctl('verify-journal')).message, /^Entry 7 was cut short/);
    await server.publish('v3', 'v2');
    assert.equal((await server.relctl('verify-journal'))['entries'], 9);
    assert.equal(readFileSync(join(server.base, '.relctl/journal.torn'), 'utf8').startsWith('{"seq":7'), true);
  });

  it('changes nothing where the journal cannot be written', async () => {
    rmSync(path);
    server.upload('v3');
    // A folder in its place: also root cannot write to it.
    mkdirSync(path);
    const answer = await server.relctl('publish', 'v3', 'v2');
    assert.deepEqual([answer.outcome, answer.code, server.live()], ['journal_unwritable', 74, 'v2']);
  });
});

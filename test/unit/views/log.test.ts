import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { logAddress, logQuery, logTitle } from '../../../src/views/logAddress.ts';
import { logContent } from '../../../src/views/logContent.ts';
import { logLine } from '../../../src/views/logLine.ts';
import { aJob, monday } from '../../support/build.ts';
import { aReader, block } from '../../support/screen.ts';

const second = (count: number) => monday + count * 1000;
const at = (seconds: number, text: string) => `${new Date(monday + seconds * 1000).toISOString().replace('Z', '1234Z')} ${text}`;

const job = aJob({
  status: 'completed',
  conclusion: 'failure',
  completedAt: second(12),
  steps: [
    { number: 1, name: 'Set up job', status: 'completed', conclusion: 'success', startedAt: second(0), completedAt: second(2) },
    { number: 2, name: 'Build', status: 'completed', conclusion: 'success', startedAt: second(2), completedAt: second(5) },
    { number: 3, name: 'Upload', status: 'completed', conclusion: 'failure', startedAt: second(5), completedAt: second(11) },
    { number: 4, name: 'Tell', status: 'completed', conclusion: 'skipped', startedAt: second(11), completedAt: second(11) },
    { number: 5, name: 'Complete job', status: 'completed', conclusion: 'success', startedAt: second(11), completedAt: second(12) },
  ],
});

const log = `\uFEFF${[
  at(0.1, "Current runner version: '2.331.0'"),
  at(0.2, '##[group]Runner Image'),
  at(0.2, 'Image: ubuntu-24.04'),
  at(0.2, '##[endgroup]'),
  at(2.4, '##[group]Run npm run build'),
  at(2.4, '\u001B[36;1mnpm run build\u001B[0m'),
  at(2.5, '##[endgroup]'),
  at(3, '10 %\r55 %\r100 %'),
  at(5.01, 'built \u001B]8;;https://x.example\u0007here\u001B]8;;\u0007'),
  at(5.2, '##[group]Run rsync'),
  at(5.2, '##[endgroup]'),
  at(9, '##[warning]slow'),
  at(10, 'file\u202Etxt.exe'),
  at(11, '##[error]Process completed with exit code 23.'),
  at(11.5, 'Cleaning up orphan processes'),
].join('\r\n')}\r\n`;

const textOf = (given: string, steps = job.steps) => logContent(given, { ...job, steps }, ['x'], aReader()).text.split('\n').slice(3).join('\n').trim();

describe('a log as a document', () => {
  const content = logContent(log, job, ['lumen/crm · Deploy v1.5.0', 'https://github.com/lumen/crm/actions/runs/7/job/8'], aReader());

  it('shows what failed first, then the other steps, without time stamps and codes', () => {
    assert.equal(
      content.text.trimEnd(),
      block(`
        lumen/crm · Deploy v1.5.0
        https://github.com/lumen/crm/actions/runs/7/job/8
        ✗ ship — failed · 12s
        What failed comes first; the other steps follow in their order.

        ✗ 3. Upload — failed · 6s
          ▸ Run rsync
          Warning: slow
          filetxt.exe
          Error: Process completed with exit code 23.

        ✓ 1. Set up job — succeeded · 2s
          Current runner version: '2.331.0'
          ▸ Runner Image
            Image: ubuntu-24.04

        ✓ 2. Build — succeeded · 3s
          ▸ Run npm run build
            npm run build
          100 %
          built here

        ✓ 5. Complete job — succeeded · 1s
          Cleaning up orphan processes
      `),
    );
  });

  it('folds steps and groups, and starts at the first error', () => {
    const lines = content.text.split('\n');
    assert.deepEqual(
      content.folds.map(({ start, end }) => `${lines[start]?.trim()} … ${lines[end]?.trim()}`),
      [
        '✗ 3. Upload — failed · 6s … Error: Process completed with exit code 23.',
        '▸ Runner Image … Image: ubuntu-24.04',
        '✓ 1. Set up job — succeeded · 2s … Image: ubuntu-24.04',
        '▸ Run npm run build … npm run build',
        '✓ 2. Build — succeeded · 3s … built here',
        '✓ 5. Complete job — succeeded · 1s … Cleaning up orphan processes',
      ],
    );
    assert.equal(lines[content.focusLine]?.trim(), 'Error: Process completed with exit code 23.');
  });

  it('keeps a log whose steps are unknown, an empty one, and one without time stamps', () => {
    assert.equal(textOf(at(1, 'hello'), []), 'Before the first step\n  hello');
    assert.match(textOf('no stamp'), /no stamp/);
    assert.equal(textOf('', []), '');
  });
});

describe('a line of a log', () => {
  it('is read with its time and its marker', () => {
    assert.deepEqual(logLine('2026-09-14T09:00:01.1234567Z ##[error]Bad'), { at: monday + 1123, kind: 'error', text: 'Bad' });
    assert.deepEqual(logLine('2026-09-14T09:00:01Z [command]/usr/bin/git version'), { at: monday + 1000, kind: 'command', text: '/usr/bin/git version' });
    assert.deepEqual(logLine('##[unknown]x'), { at: undefined, kind: 'text', text: '##[unknown]x' });
  });
});

describe('a log’s address', () => {
  it('comes back from its query, and nothing else does', () => {
    const address = { repositoryKey: 'github.com/lumen/crm', runId: 7, jobId: 8 };
    assert.deepEqual(logAddress(logQuery(address)), address);
    assert.equal(logAddress('repository=x&run=a&job=1'), undefined);
    assert.equal(logTitle({ runId: 7 }, 'deploy / ship: all'), 'deploy - ship- all 7.log');
  });
});

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jobToken, missingPermission } from '../support/pipeline/world/jobToken.ts';
import { Origin } from '../support/pipeline/world/repository.ts';
import { pictureOf, type Run, type Watch } from '../support/pipeline/workflow/run.ts';
import { WorkflowRunner } from '../support/pipeline/workflow/runner.ts';
import { readWorkflow } from '../support/pipeline/workflow/workflow.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { describeWith } from '../support/pipeline/tools.ts';

describeWith(['bash', 'git'], 'the runner of workflow files', () => {
  let folder: TemporaryFolder;
  let runner: WorkflowRunner;
  let sha: string;
  beforeEach(async () => {
    folder = await temporaryFolder('runner');
    await mkdir(join(folder.path, 'origin'));
    const origin = await Origin.create(join(folder.path, 'origin'));
    ({ sha } = await origin.commit('main', 'Start', 0, { 'say': { text: '#!/bin/bash\necho "$@"\n', executable: true } }));
    await origin.commit('main', 'More', 60_000, { more: { text: 'more\n' } });
    runner = new WorkflowRunner({
      origin: origin.folder, repository: { owner: 'o', name: 'r', id: 1, defaultBranch: 'main' }, serverUrl: 'http://git.test', apiUrl: 'http://git.test/api',
      configuration: { secrets: { EVERYWHERE: 'the secret of the repository' }, variables: { WHERE: 'anywhere' } },
      environments: { here: { secrets: { KEY: 'the secret of here' }, variables: { WHERE: 'here' } }, there: { secrets: {}, variables: {} } },
      tokenFor: jobToken, now: () => 0, machine: () => ({ PATH: process.env['PATH'] ?? '' }), folder: folder.path,
    });
  });
  afterEach(() => folder.dispose());

  const run = async (jobs: string, inputs: Readonly<Record<string, string>> = {}, watch: Watch = {}, head = ''): Promise<Run> => {
    const content = `name: Test\n${head}on: {workflow_dispatch: {inputs: {word: {type: string}, flag: {type: boolean}}}}\npermissions: {contents: read}\njobs:\n${indented(jobs)}`;
    const workflow = await readWorkflow('test.yml', content);
    return runner.start({ event: 'workflow_dispatch', workflow, branch: 'main', sha, message: 'Start', inputs, actor: 'camille' }, watch);
  };

  it('hands outputs, inputs and the title on, and runs jobs after those they need', async () => {
    const result = await run(`
        b: {runs-on: x, needs: a, steps: [{run: 'echo "$A $B"', env: {A: "\${{ needs.a.outputs.two }}", B: "\${{ inputs.flag && 'flag' || 'none' }}"}}]}
        a: {runs-on: x, outputs: {two: "\${{ steps.one.outputs.x }}!"}, steps: [{id: one, run: 'printf "x<<E\\na\\nb\\nE\\n" >>"$GITHUB_OUTPUT"'}]}
      `, { word: 'w', flag: 'true' }, {}, "run-name: Say ${{ inputs.word }}${{ inputs.flag && ' loud' || '' }}\n");
    assert.equal(result.title, 'Say w loud');
    assert.equal(said(result, 'b'), 'a\nb! flag\n');
  });

  it('skips what comes after a failure, but for what asks for it', async () => {
    const result = await run(`
        a: {runs-on: x, steps: [{name: fails, run: 'false; echo not reached'}, {name: usual, run: exit 0}, {name: always, if: always(), run: exit 0}, {name: failure, if: "\${{ failure() }}", run: exit 0}]}
        b: {runs-on: x, needs: a, steps: [{run: exit 0}]}
        c: {runs-on: x, needs: b, if: "\${{ always() }}", steps: [{run: exit 0}]}
      `);
    assert.equal(pictureOf(result), 'Test: failure\n  ✗ a: fails ✗, usual –, always ✓, failure ✓\n  – b\n  ✓ c: exit 0 ✓');
    assert.equal(said(result, 'a'), '');
  });

  it('skips what comes after a skipped job, at any distance, unless told otherwise', async () => {
    const result = await run(`
        a: {runs-on: x, if: "\${{ inputs.flag }}", steps: [{run: exit 0}]}
        b: {runs-on: x, needs: a, if: "\${{ !cancelled() && needs.a.result == 'skipped' }}", steps: [{run: exit 0}]}
        c: {runs-on: x, needs: b, steps: [{run: exit 0}]}
      `);
    assert.deepEqual([results(result), result.conclusion], [{ a: 'skipped', b: 'success', c: 'skipped' }, 'success']);
  });

  it('goes on after a job or step that may fail', async () => {
    const result = await run(`
        a: {runs-on: x, continue-on-error: true, steps: [{name: may, continue-on-error: true, run: 'false'}, {name: must, run: 'false'}]}
        b: {runs-on: x, needs: a, steps: [{run: exit 0}]}
      `);
    assert.equal(pictureOf(result), 'Test: success\n  ✗ a: may ✗, must ✗\n  ✓ b: exit 0 ✓');
    assert.deepEqual(result.jobs.get('a')?.steps.map(({ conclusion }) => conclusion), ['success', 'failure']);
  });

  it('shows secrets and variables of its environment to a job, and none to others', async () => {
    const env = 'env: {KEY: "${{ secrets.KEY }}", ALL: "${{ secrets.EVERYWHERE }}", WHERE: "${{ vars.WHERE }}"}, run: "echo ${#KEY} ${#ALL} $WHERE"';
    const result = await run(`
        a: {runs-on: x, environment: {name: here, deployment: false}, steps: [{${env}}]}
        b: {runs-on: x, environment: {name: there, deployment: false}, steps: [{${env}}]}
        c: {runs-on: x, steps: [{${env}}]}
      `);
    assert.deepEqual(['a', 'b', 'c'].map((job) => said(result, job)), ['18 28 here\n', '0 28 anywhere\n', '0 28 anywhere\n']);
  });

  it('fails when a step says a secret', async () => {
    await assert.rejects(run('a: {runs-on: x, environment: {name: here, deployment: false}, steps: [{env: {KEY: "${{ secrets.KEY }}"}, run: echo $KEY}]}'), /says the secret KEY/);
  });

  it('checks out a commit as it is asked to, and nothing without the permission', async () => {
    const result = await run(`
        a:
          runs-on: x
          steps:
            - {uses: actions/checkout@v5, with: {fetch-depth: '0'}}
            - {run: ./say $(git rev-parse --is-shallow-repository) $(git branch --show-current) && ls more && git log --oneline origin/main | wc -l, continue-on-error: true}
        b:
          runs-on: x
          steps:
            - {uses: actions/checkout@v5, with: {ref: main, path: there, persist-credentials: 'false'}}
            - {run: cat there/more; git -C there rev-parse --is-shallow-repository; git -C there config remote.origin.url}
        c: {runs-on: x, permissions: {}, steps: [{uses: actions/checkout@v5}]}
      `);
    assert.deepEqual([said(result, 'a'), said(result, 'b'), results(result)['c']], ['false main\n', 'more\ntrue\nhttp://git.test/o/r\n', 'failure']);
  });

  it('keeps an artifact from job to job, its modes lost', async () => {
    const result = await run(`
        a: {runs-on: x, steps: [{run: 'mkdir out; echo 1 >out/f; chmod +x out/f'}, {uses: actions/upload-artifact@v4, with: {name: n, path: out}}]}
        b: {runs-on: x, needs: a, steps: [{uses: actions/download-artifact@v5, with: {name: n, path: got}}, {run: cat got/f; test ! -x got/f}]}
      `);
    assert.deepEqual([said(result, 'b'), result.conclusion], ['1\n', 'success']);
  });

  it('lets one job at a time into a group, in order with queue: max, else only the newest', async () => {
    const order: string[] = [];
    for (const queue of [', queue: max', '']) {
      const job = `a: {runs-on: x, concurrency: {group: g${queue}}, steps: [{name: s, run: exit 0}]}`;
      const held = Promise.withResolvers<void>();
      const inside = Promise.withResolvers<void>();
      const first = run(job, {}, { beforeStep: () => (inside.resolve(), held.promise) });
      await inside.promise;
      const waiting = [];
      for (const name of ['second', 'third']) {
        const asked = Promise.withResolvers<void>();
        waiting.push(run(job, {}, { beforeGroup: () => asked.resolve(), beforeStep: () => void order.push(name) }));
        await asked.promise;
      }
      held.resolve();
      order.push((await Promise.all([first, ...waiting])).map(({ conclusion }) => conclusion).join(' '));
    }
    assert.deepEqual(order, ['second', 'third', 'success success success', 'third', 'success cancelled success']);
  });

  it('cancels: ends what runs, begins nothing new but what is always run', async () => {
    const result = await run(`
        a: {runs-on: x, steps: [{name: long, run: sleep 60}, {name: next, run: exit 0}, {name: always, if: always(), run: exit 0}]}
        b: {runs-on: x, needs: a, steps: [{run: exit 0}]}
        c: {runs-on: x, needs: a, if: always(), steps: [{run: exit 0}]}
      `, {}, { duringStep: (moment) => void (moment.step === 'long' && moment.cancel()) });
    assert.equal(pictureOf(result), 'Test: cancelled\n  ⊘ a: long ⊘, next –, always ✓\n  ⊘ b\n  ✓ c: exit 0 ✓');
  });

  it('keeps what succeeded when only the failed jobs are run again', async () => {
    const result = await run(`
        a: {runs-on: x, outputs: {n: "\${{ steps.s.outputs.n }}"}, steps: [{id: s, run: 'echo "n=$GITHUB_RUN_ATTEMPT" >>"$GITHUB_OUTPUT"'}]}
        b: {runs-on: x, needs: a, steps: [{env: {N: "\${{ needs.a.outputs.n }}"}, run: 'echo "$N of $GITHUB_RUN_ATTEMPT"; exit $((2 - GITHUB_RUN_ATTEMPT))'}]}
      `);
    const again = await runner.rerun(result, 'failed');
    assert.deepEqual([result.conclusion, again.conclusion, said(again, 'b')], ['failure', 'success', '1 of 2\n']);
    assert.equal(said(await runner.rerun(again, 'all'), 'b'), '3 of 3\n');
  });

  it('does not go on with what it does not understand', async () => {
    const rejected = async (job: string, because: RegExp) => assert.rejects(run(`a: ${job}`), because);
    await rejected('{runs-on: x, strategy: {matrix: {a: [1]}}, steps: [{run: exit 0}]}', /strategy is not understood/);
    await rejected('{runs-on: x, steps: [{run: exit 0, shell: zsh}]}', /shell is not understood/);
    await rejected('{runs-on: x, steps: [{run: exit 0, nmae: x}]}', /GitHub does not accept/);
    await rejected('{runs-on: x, steps: [{env: {A: "${{ github.nothing }}"}, run: exit 0}]}', /There is no "nothing"/);
    await rejected('{runs-on: x, steps: [{env: {A: "${{ steps.nobody.outputs.x }}"}, run: exit 0}]}', /nobody/);
    await rejected('{runs-on: x, environment: typo, steps: [{run: exit 0}]}', /does not exist: "typo"/);
    await assert.rejects(run('a: {runs-on: x, steps: [{run: exit 0}]}', { wrod: 'x' }), /Unexpected inputs provided: wrod/);
  });

  it('fails a step whose action it does not know', async () => {
    const result = await run('a: {runs-on: x, steps: [{uses: some/action@v1}]}');
    assert.match(result.jobs.get('a')?.steps[0]?.stderr ?? '', /does not know the action some\/action@v1/);
  });

  it('gives a token no more than its job declares', () => {
    assert.equal(missing({}, 'GET', '/contents/a'), 'contents=read');
    assert.equal(missing({ contents: 'read' }, 'GET', '/git/ref/tags/v1'), undefined);
    assert.equal(missing({ contents: 'read' }, 'POST', '/git/refs'), 'contents=write');
    assert.equal(missing({ contents: 'write' }, 'POST', '/git/refs'), undefined);
    assert.equal(missing({ contents: 'write' }, 'POST', '/deployments'), 'deployments=write');
    assert.equal(missing({ deployments: 'write' }, 'POST', '/deployments/1/statuses'), undefined);
    assert.equal(missing({ contents: 'read' }, 'GET', '/actions/runs/1'), 'actions=read');
    assert.match(missing({ contents: 'write' }, 'GET', '/keys') ?? '', /does not know of/);
    assert.equal(missingPermission('sim-token', 'GET', '/contents/a'), "a job's token");
  });
});

function said(run: Run, job: string): string {
  return run.jobs.get(job)?.steps.map(({ stdout }) => stdout).join('') ?? '';
}

function results(run: Run): Record<string, string> {
  return Object.fromEntries([...run.jobs].map(([id, job]) => [id, job.result]));
}

function missing(permissions: Parameters<typeof jobToken>[0], method: string, path: string): string | undefined {
  return missingPermission(jobToken(permissions), method, path);
}

/** Text of a template, moved to where jobs begin in a file. */
function indented(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => `  ${line.slice(margin)}\n`).join('');
}

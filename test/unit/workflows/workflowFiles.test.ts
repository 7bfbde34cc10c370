import assert from 'node:assert/strict';
import { createWorkflowFiles } from '../../../src/workflows/workflowFiles.ts';

const path = '.github/workflows/deploy.yml';
const parse = (text: string) => createWorkflowFiles().parse(path, text);
const withJobs = (jobs: string) => parse(`on: workflow_dispatch\njobs:\n${jobs}`);

const triggers = (on: string) => {
  const file = parse(`${on}\njobs: { a: {} }`);
  return [file.dispatchInputs !== undefined, ...file.pushBranches];
};

const uses = (job: string) => withJobs(job).environments.map((use) => ({ ...use }));

const literal = (name: string, recordsDeployment = true) => ({ name, isExpression: false, candidates: [], inputs: [], recordsDeployment });

const problem = (text: string) => {
  const file = parse(text);
  assert.deepEqual([file.dispatchInputs, file.pushBranches, file.environments, file.postsToSlack], [undefined, [], [], false]);
  return file.problem;
};

/** Whether each environment of a workflow's one job is recorded. */
function recordsOf(job: string): readonly boolean[] {
  return uses(`  a: { ${job} }`).map(({ recordsDeployment }) => recordsDeployment);
}

describe('A workflow file', () => {
  it('is read whole', () => {
    assert.deepEqual(
      parse(`
name: Deploy
run-name: Deploy \${{ inputs.version }}
on:
  push:
    branches: [main, 'release/**']
  workflow_dispatch:
    inputs:
      environment:
        description: Where to
        type: choice
        options: [staging, production]
        required: true
        default: staging
      version:
        type: string
      dry_run:
        type: boolean
        default: false
      replicas:
        type: number
        default: 3
      where:
        type: environment
      odd:
        type: colour
        required: 'true'
      bare:
concurrency: deploy
jobs:
  ship:
    environment:
      name: \${{ inputs.environment || (github.ref_name == 'main' && 'production' || 'staging') }}
      url: https://example.org
    steps:
      - run: ./ship
`),
      {
        path,
        name: 'Deploy',
        runName: 'Deploy ${{ inputs.version }}',
        dispatchInputs: [
          { name: 'environment', type: 'choice', description: 'Where to', required: true, default: 'staging', options: ['staging', 'production'] },
          { name: 'version', type: 'string', description: '', required: false, default: undefined, options: [] },
          { name: 'dry_run', type: 'boolean', description: '', required: false, default: 'false', options: [] },
          { name: 'replicas', type: 'number', description: '', required: false, default: '3', options: [] },
          { name: 'where', type: 'environment', description: '', required: false, default: undefined, options: [] },
          { name: 'odd', type: 'string', description: '', required: true, default: undefined, options: [] },
          { name: 'bare', type: 'string', description: '', required: false, default: undefined, options: [] },
        ],
        pushBranches: ['main', 'release/**'],
        environments: [
          {
            name: "${{ inputs.environment || (github.ref_name == 'main' && 'production' || 'staging') }}",
            isExpression: true,
            candidates: ['main', 'production', 'staging'],
            inputs: ['environment'],
            recordsDeployment: true,
          },
        ],
        postsToSlack: false,
        problem: undefined,
      },
    );
  });

  it('has the path for a name when it gives none, as on GitHub', () => {
    assert.equal(withJobs('  a: {}').name, path);
  });

  describe('triggers', () => {
    for (const [on, expected] of [
      ['on: push', [false, '**']],
      ['on: workflow_dispatch', [true]],
      ['on: [push, workflow_dispatch]', [true, '**']],
      ['on: { workflow_dispatch: }', [true]],
      ['on:\n  push:\n    branches: main', [false, 'main']],
      ['on: { push: { tags: [v*] } }', [false]],
      ['on: { push: { branches-ignore: [docs] }, workflow_dispatch: {} }', [true, '**', '!docs']],
      ['"on": { workflow_dispatch: { inputs: } }', [true]],
      ['%YAML 1.1\n---\non: [push, workflow_dispatch]', [true, '**']],
      ['on: pull_request', [false]],
    ] as const) {
      it(`are read from ${JSON.stringify(on)}`, () => assert.deepEqual(triggers(on), expected));
    }
  });

  describe('environments', () => {
    it('are names, with slashes and spaces too', () => {
      assert.deepEqual(uses('  a: { environment: "prod/eu west" }\n  b: { environment: { name: staging } }\n  c: {}'), [literal('prod/eu west'), literal('staging')]);
    });

    it('leave no record with `deployment: false`', () => {
      assert.deepEqual(uses('  a: { environment: { name: notifications, deployment: false } }'), [literal('notifications', false)]);
    });

    it('leave one all the same where the job writes it itself: it may, and its run chooses the environment or it takes turns', () => {
      const may = 'permissions: { contents: read, deployments: write }';
      const chosen = 'environment: { name: "${{ inputs.environment }}", deployment: false }';
      const fixed = 'environment: { name: production, deployment: false }';
      assert.deepEqual(recordsOf(`${may}, ${chosen}`), [true]);
      assert.deepEqual(recordsOf(`permissions: write-all, ${chosen}`), [true]);
      assert.deepEqual(recordsOf(`${may}, ${fixed}, concurrency: ship`), [true]);
      assert.deepEqual(recordsOf(`${may}, ${fixed}`), [false], 'it may only close a record, as a report does');
      assert.deepEqual(recordsOf(`permissions: { deployments: read }, ${chosen}, concurrency: ship`), [false]);
      assert.deepEqual(recordsOf(`${chosen}, concurrency: ship`), [false], 'what the token may do is not known');
      const workflow = parse(`on: push\npermissions: { deployments: write }\njobs:\n  a: { ${chosen} }\n  b: { permissions: {}, ${chosen} }`);
      assert.deepEqual(workflow.environments.map(({ recordsDeployment }) => recordsDeployment), [true, false], 'a job’s own permissions hold, else the workflow’s');
    });

    it('are expressions over inputs in every notation', () => {
      const [use] = uses("  a: { environment: \"${{ github.event.inputs.target || inputs['Other-One'] || inputs.target }}\" }");
      assert.deepEqual([use?.inputs, use?.candidates], [['target', 'Other-One'], ['Other-One']]);
    });

    it('are expressions over a matrix, whose values are the candidates', () => {
      const [use] = uses(`
  a:
    strategy: { matrix: { env: [staging, production], include: [{ env: demo }] } }
    environment: \${{ matrix.env }}`);
      assert.deepEqual(use?.candidates, ['staging', 'production', 'demo']);
    });

    it('have no candidates when glued from parts', () => {
      const [use] = uses("  a: { environment: \"review-${{ github.head_ref || 'x' }}\" }");
      assert.deepEqual([use?.isExpression, use?.candidates], [true, []]);
    });

    it('are handed to reusable workflows', () => {
      assert.deepEqual(uses('  a: { uses: ./.github/workflows/ship.yml, with: { environment: staging, env_file: .env } }'), [literal('staging')]);
    });
  });

  describe('posts to Slack', () => {
    for (const [how, job] of [
      ['through its own action', 'steps: [{ uses: slackapi/slack-github-action@v2 }]'],
      ["through somebody's action", 'steps: [{ uses: 8398a7/action-slack@v3 }]'],
      ['with variables of a step', 'steps: [{ run: ./notify, env: { SLACK_WEBHOOK_URL: x } }]'],
      ['with variables of a job', 'env: { SLACK_BOT_TOKEN: x }'],
      ['with a secret handed to an action', "steps: [{ uses: some/notify@v1, with: { hook: '${{ secrets.SLACK_HOOK }}' } }]"],
      ['through a webhook in a script', 'steps: [{ run: "curl https://hooks.slack.com/services/x" }]'],
      ['through the Web API in a script', 'steps: [{ run: "curl https://slack.com/api/chat.postMessage" }]'],
      ['through a script named after it', 'steps: [{ run: ./ci/notify-slack.sh ok }]'],
      ['through a reusable workflow', 'uses: acme/ci/.github/workflows/slack-notify.yml@v1'],
    ] as const) {
      it(how, () => assert.equal(withJobs(`  a: { ${job} }`).postsToSlack, true));
    }

    it('with variables of the workflow', () => {
      assert.equal(parse('on: push\nenv: { SLACK_CHANNEL: x }\njobs: { a: {} }').postsToSlack, true);
    });

    it('not because a step cuts somebody some slack', () => {
      assert.equal(withJobs('  a: { name: Slack off, steps: [{ name: Slacken, run: "echo give me some slack" }] }').postsToSlack, false);
    });
  });

  describe('that cannot be read says why', () => {
    it('with the line of a mistake', () => {
      assert.match(problem('on: push\njobs:\n  a: [\n  b: {}') ?? '', /^Line [34]: ./);
      assert.match(problem('on: push\njobs:\n  a: {}\n  a: {}') ?? '', /^Line 4: Map keys must be unique/);
      assert.match(problem('on: push\njobs:\n\ta: {}') ?? '', /^Line 3: ./);
    });

    for (const [text, expected] of [
      ['', 'It is not a workflow.'],
      ['just words', 'It is not a workflow.'],
      ['- a\n- b', 'It is not a workflow.'],
      ['on: push', 'It has no jobs.'],
      ['on: push\njobs: [a]', 'It has no jobs.'],
      ['jobs: { a: {} }', 'It has no “on” that says what starts it.'],
      ['on:\njobs: { a: {} }', 'It has no “on” that says what starts it.'],
    ] as const) {
      it(`for ${JSON.stringify(text)}`, () => assert.equal(problem(text), expected));
    }

    it('when its aliases multiply without end', () => {
      const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
      for (let level = 1; level < 12; level++) lines.push(`a${level}: &a${level} [${Array(10).fill(`*a${level - 1}`).join(', ')}]`);
      assert.ok(problem(`${lines.join('\n')}\non: push\njobs: { a: *a11 }`));
    });

    it('when it is a megabyte long, has too many keys, or is nested too deeply', function () {
      // Mocha keeps whole stacks, and an exhausted one takes seconds to write down.
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 10;
      after(() => (Error.stackTraceLimit = stackTraceLimit));
      assert.equal(problem(`on: push\n# ${'x'.repeat(1 << 20)}`), 'It is too large for a workflow.');
      assert.equal(problem(`on: push\njobs:\n${Array.from({ length: 2_000 }, (_, index) => `  job${index}: {}`).join('\n')}`), 'It is too large for a workflow.');
      assert.equal(problem(`on: ${'['.repeat(2_000)}`), 'It is nested too deeply.');
    });
  });

  it('may repeat itself by a few aliases', () => {
    const file = parse('on: push\njobs:\n  a: &job { environment: staging }\n  b: *job');
    assert.deepEqual([file.problem, file.environments.length], [undefined, 2]);
  });
});

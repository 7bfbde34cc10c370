import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/projectRoot.ts';
import { execute } from '../support/pipeline/execute.ts';
import { describeWith } from '../support/pipeline/tools.ts';
import { pipelineTemplates, renderedPipeline } from '../support/pipeline/world/renderedPipeline.ts';
import { readTree, type Tree } from '../support/pipeline/workflow/tree.ts';
import { readWorkflow, type Job, type Template, type Workflow } from '../support/pipeline/workflow/workflow.ts';

interface Text {
  readonly name: string;
  readonly text: string;
}

const templates: readonly Text[] = pipelineTemplates().filter(({ path }) => path.startsWith('workflows/')).map(({ path, text }) => ({ name: path.slice(10), text }));
const rendered: readonly Text[] = renderedPipeline().filter(({ path }) => path.startsWith('.github/')).map(({ path, text }) => ({ name: path.slice(18), text }));

const source = (template: Template | undefined): string => (typeof template === 'string' ? template : (template?.expression ?? ''));

describe('the workflow templates', () => {
  let workflows: readonly Workflow[];
  let trees: readonly Readonly<Record<string, Tree>>[];
  before(async () => {
    workflows = await Promise.all(rendered.map(({ name, text }) => readWorkflow(name, text)));
    trees = await Promise.all(rendered.map(({ name, text }) => readTree(name, text)));
  });
  /** What `select` finds to be wrong, by "file: job". */
  const wrong = (select: (job: Job, workflow: Workflow) => string | undefined | false): string[] =>
    workflows.flatMap((workflow) => workflow.jobs.flatMap((job) => {
      const what = select(job, workflow);
      return what === undefined || what === false ? [] : [`${workflow.file}: ${job.id}: ${what}`];
    }));
  const jobTrees = (): [string, Readonly<Record<string, Tree>>][] =>
    trees.flatMap((tree, index) => Object.entries(tree['jobs'] as Record<string, Record<string, Tree>>).map(([id, job]): [string, Record<string, Tree>] => [`${rendered[index]?.name}: ${id}`, job]));

  it('are deploy, hold and rollback', () => assert.deepEqual(templates.map(({ name }) => name).sort(), ['deploy.yml', 'hold.yml', 'rollback.yml']));

  it('are accepted by GitHub\'s parser, as they stand and rendered', async () => {
    for (const { name, text } of [...templates, ...rendered]) await readTree(name, text);
  });

  it('pin every action to a commit and say its version, and leave no mark, once rendered', () => {
    for (const { name, text } of rendered) {
      assert.doesNotMatch(text, /boussole:/, name);
      for (const [line] of text.matchAll(/.*\buses:.*/g)) assert.match(line, /^ +(- )?uses: actions\/(checkout|upload-artifact|download-artifact)@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
    }
  });

  it('mark every action that must be pinned', () => {
    for (const { name, text } of templates) for (const [line] of text.matchAll(/.*\buses:.*/g)) assert.match(line, /@v\d+\.\d+\.\d+ # boussole:pin$/, name);
  });

  it('give nothing by default, and no job more than it needs', () => {
    for (const [index, tree] of trees.entries()) assert.deepEqual(tree['permissions'], {}, rendered[index]?.name);
    assert.deepEqual(Object.fromEntries(workflows.flatMap(({ file, jobs }) => jobs.map(({ id, permissions }) => [`${file}: ${id}`, Object.entries(permissions).map((pair) => pair.join(':')).sort().join(' ')]))), {
      'deploy.yml: plan': 'actions:read contents:read',
      'deploy.yml: announce': 'contents:read',
      'deploy.yml: verify': 'contents:read',
      'deploy.yml: progress': 'contents:read',
      'deploy.yml: version': 'contents:write',
      'deploy.yml: ship': 'actions:read contents:read deployments:write',
      'deploy.yml: report': 'contents:write deployments:write',
      'rollback.yml: plan': 'actions:read contents:read',
      'rollback.yml: announce': 'contents:read',
      'rollback.yml: ship': 'contents:read deployments:write',
      'rollback.yml: hold': 'contents:write deployments:read',
      'rollback.yml: report': 'contents:read deployments:write',
      'hold.yml: hold': 'contents:write',
      'hold.yml: server': 'contents:read',
      'hold.yml: report': 'contents:read',
    });
  });

  it('name the permissions of every job themselves', () =>
    assert.deepEqual(jobTrees().filter(([, job]) => job['permissions'] === undefined).map(([name]) => name), []));

  it('run nothing but one script of the pipeline a step, and no expression in it', () => {
    const scripts = new Set(pipelineTemplates().flatMap(({ path }) => (/^deploy\/[a-z]+$/.test(path) ? [path.slice(7)] : [])));
    assert.deepEqual(wrong(({ steps }) => steps.flatMap(({ run }) => {
      if (run === undefined) return [];
      const [, script] = typeof run === 'string' ? (/^\.deploy\/([a-z]+)( [a-z]+)*$/.exec(run) ?? []) : [];
      return script !== undefined && scripts.has(script) ? [] : [source(run)];
    })[0]), []);
    for (const { name, text } of rendered) for (const [line] of text.matchAll(/^.*\brun:.*$/gm)) assert.doesNotMatch(line, /\$\{\{|[|>]\s*$/, name);
  });

  it('show secrets only to jobs of an environment', () => {
    assert.deepEqual(wrong(({ environment, steps, env }) => environment === undefined && [env, ...steps.flatMap((step) => [step.env, step.with])]
      .flatMap((each) => Object.values(each)).map(source).find((text) => /\bsecrets\b/.test(text))), []);
  });

  it('give the key of the server only to jobs of its environment, and Slack\'s token only to the others', () => {
    for (const { jobs } of workflows) {
      for (const job of jobs) {
        const isServers = job.environment !== undefined && source(job.environment.name) !== 'notifications';
        assert.deepEqual(secretsOf(job), job.environment === undefined ? [] : isServers ? ['DEPLOY_SSH_KEY'] : job.id === 'progress' ? ['SLACK_BOT_TOKEN'] : ['SLACK_BOT_TOKEN', 'SLACK_WEBHOOK_URL'], job.id);
        if (isServers) assert.match(source(job.environment?.name), /^inputs\.environment \|\| \(github\.ref_name == /, job.id);
      }
    }
  });

  it('share one queue of an environment, from which nothing is dropped and in which nothing is stopped', () => {
    const queues = jobTrees().flatMap(([name, job]) => (job['concurrency'] === undefined ? [] : [[name, job['concurrency']] as const]));
    assert.deepEqual(queues.map(([name]) => name).sort(), ['deploy.yml: ship', 'rollback.yml: ship']);
    for (const [name, queue] of queues) {
      const { group, ...rest } = queue as Record<string, Tree>;
      assert.deepEqual(rest, { 'cancel-in-progress': 'false', queue: 'max' }, name);
      assert.deepEqual(group, { expression: "format('ship-{0}', inputs.environment || (github.ref_name == 'main' && 'production' || 'staging'))" }, name);
    }
    assert.deepEqual(trees.filter((tree) => tree['concurrency'] !== undefined), [], 'a queue of a whole workflow would be held while somebody is asked to approve');
  });

  it('leave no record to GitHub, which would name the wrong commit', () =>
    assert.deepEqual(wrong(({ environment }) => environment?.deployment && 'deployment is not false'), []));

  it('end in time', () => {
    for (const [name, job] of jobTrees()) assert.ok(Number(job['timeout-minutes']) > 0 && Number(job['timeout-minutes']) <= 60, name);
  });

  it('run on a fixed image', () => assert.deepEqual(jobTrees().filter(([, job]) => job['runs-on'] !== 'ubuntu-24.04'), []));

  it('leave no credentials behind a checkout', () => {
    assert.deepEqual(wrong((job) => checkouts(job).length === 0 && 'no checkout'), []);
    assert.deepEqual(wrong((job) => checkouts(job).some((step) => step.with['persist-credentials'] !== 'false') && 'persist-credentials'), []);
  });

  it('start by a push or a person only, and reuse no other workflow', () => {
    for (const { name, text } of rendered) {
      assert.doesNotMatch(text, /pull_request|workflow_run|workflow_call|repository_dispatch|schedule:|secrets: inherit|actions\/cache/, name);
      assert.doesNotMatch(text, /\btoJSON\((secrets|github|vars)\)|ssh-keyscan|StrictHostKeyChecking/, name);
    }
    assert.deepEqual(workflows.map(({ file, branches, inputs }) => [file, branches, inputs !== undefined]), [['deploy.yml', ['main', 'develop'], true], ['hold.yml', [], true], ['rollback.yml', [], true]]);
  });

  it('show environment, version and correlation id in the title of a run', () => {
    for (const { runName, file } of workflows) assert.match(source(runName), /inputs\.environment.*correlation_id/, file);
    for (const { runName, file } of workflows.filter(({ file: name }) => name !== 'hold.yml')) assert.match(source(runName), /inputs\.version/, file);
  });
});

describe('the scripts of the pipeline', () => {
  const folder = join(projectRoot, 'pipeline', 'deploy');
  const programs = readdirSync(folder).filter((name) => !name.includes('.') && name !== 'config' && statSync(join(folder, name)).isFile());

  it('can be executed', () => {
    for (const name of programs) accessSync(join(folder, name), constants.X_OK);
    assert.ok(renderedPipeline().filter(({ path }) => /^\.deploy\/[a-z]+$/.test(path)).every(({ executable, path }) => executable === (path !== '.deploy/config')));
  });

  it('end with the codes of the documented table', () => {
    const ours = codeTable('pipeline/deploy/lib/answer.bash');
    const servers = codeTable('pipeline/server/lib/answer.bash');
    assert.ok(ours.size > 20 && servers.size > 20);
    for (const [outcome, code] of ours) if (servers.has(outcome)) assert.equal(code, servers.get(outcome), outcome);
    requireDocumented('docs/pipeline.md', servers);
    requireDocumented('docs/pipeline.md', ours);
  });

  it('end only in outcomes of their table', () => {
    const known = new Set([...readFileSync(join(folder, 'lib/answer.bash'), 'utf8').matchAll(/^ .*\]=\d+.*$/gm)].flatMap(([line]) => [...line.matchAll(/\[(\w+)\]=/g)].map(([, name]) => name)));
    const texts = [...programs.map((name) => join(folder, name)), ...readdirSync(join(folder, 'lib')).map((name) => join(folder, 'lib', name))].map((path) => readFileSync(path, 'utf8'));
    const used = texts.flatMap((text) => [...text.matchAll(/\banswer ([a-z_]+)\b(?= ['"])/g)].map(([, outcome]) => outcome));
    assert.ok(used.length > 20);
    assert.deepEqual(used.filter((outcome) => !known.has(outcome)), []);
  });

  describeWith(['shellcheck'], 'and shellcheck', () => {
    it('finds nothing', async function () {
      this.timeout(60_000);
      for (const [place, files] of [['deploy', programs.filter((name) => name !== 'build')], ['server', ['relctl', 'gate']]] as const) {
        const { code, stdout } = await execute('shellcheck', ['-x', ...files], { cwd: join(projectRoot, 'pipeline', place) });
        assert.equal(code, 0, stdout);
      }
      assert.deepEqual(await execute('shellcheck', ['build'], { cwd: folder }), { code: 0, stdout: '', stderr: '' });
    });
  });
});

/** The names of the secrets that a job speaks of. */
function secretsOf({ steps, env }: Job): string[] {
  const texts = [env, ...steps.map((step) => step.env)].flatMap((each) => Object.values(each)).map(source);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/secrets\.(\w+)/g)].map(([, name = '']) => name)))].sort();
}

function checkouts(job: Job): Job['steps'] {
  return job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
}

/** The outcomes that scripts can end with, and their exit codes, as the scripts themselves list them. */
function codeTable(path: string): Map<string, number> {
  const [, body = ''] = /exit_codes=\(\n([\s\S]*?)\n\)/.exec(readFileSync(join(projectRoot, path), 'utf8')) ?? [];
  return new Map([...body.matchAll(/\[(\w+)\]=(\d+)/g)].map(([, outcome = '', code = '']) => [outcome, Number(code)]));
}

/** The document has a row for every code, and every outcome that stops a run stands in the row of its code. */
function requireDocumented(document: string, codes: ReadonlyMap<string, number>): void {
  assert.ok(existsSync(join(projectRoot, document)), `${document} does not exist.`);
  const rows = new Map([...readFileSync(join(projectRoot, document), 'utf8').matchAll(/^\| (\d+) \| (.*)$/gm)].map(([, code = '', rest = '']) => [Number(code), rest]));
  const missing = [...codes].filter(([outcome, code]) => code !== 0 && !rows.get(code)?.includes(`\`${outcome}\``)).map(([outcome, code]) => `${code} ${outcome}`);
  assert.deepEqual(missing, [], `${document} does not document these`);
}

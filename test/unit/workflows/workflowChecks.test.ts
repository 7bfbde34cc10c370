import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CheckFacts, Finding } from '../../../src/core/finding.ts';
import { applyEdits } from '../../../src/workflows/sourceText.ts';
import { createWorkflowChecks } from '../../../src/workflows/workflowChecks.ts';
import { createWorkflowFiles } from '../../../src/workflows/workflowFiles.ts';
import { messyWorkflows } from '../../support/messyWorkflows.ts';
import { english } from '../../support/screen.ts';

const checks = createWorkflowChecks();
const facts: CheckFacts = { environments: ['production', 'staging'], owner: 'acme' };
const at = (name: string) => `.github/workflows/${name}`;

/** What is found, as `line code`, hints left out. */
function found(text: string, more: { name?: string; facts?: CheckFacts } = {}): readonly string[] {
  return all(text, more).filter(({ severity }) => severity !== 'hint').map(({ range, code }) => `${range.start.line + 1} ${code}`);
}

function all(text: string, { name = 'deploy.yml', facts: known = facts }: { name?: string; facts?: CheckFacts } = {}): readonly Finding[] {
  return checks.check(at(name), text, known);
}

/** A workflow without a fault, with parts to put in another's place. */
function aWorkflow(parts: { top?: string; inputs?: string; job?: string; steps?: string; concurrency?: string; environment?: string } = {}): string {
  const {
    top = 'run-name: Deploy ${{ github.ref_name }}\npermissions: {}\n',
    inputs = '',
    job = '    timeout-minutes: 10\n',
    concurrency = '    concurrency:\n      group: production\n      queue: max\n',
    environment = '    environment: production\n',
    steps = '      - run: ./deploy\n',
  } = parts;
  return `name: Deploy\n${top}on:\n  push:\n    branches: [main]\n  workflow_dispatch:\n${inputs}jobs:\n  deploy:\n    runs-on: ubuntu-latest\n${job}${environment}${concurrency}    steps:\n${steps}`;
}

/** The text after the first fix of the first finding with this code. */
function fixed(text: string, code: Finding['code'], name = 'deploy.yml'): string {
  const finding = all(text, { name }).find((one) => one.code === code);
  assert.ok(finding, `no ${code}`);
  const [fix] = finding.fixes;
  assert.ok(fix, `no fix for ${code}`);
  const after = checks.mended(at(name), text, facts, finding, fix);
  assert.ok(after !== undefined, `the fix for ${code} does not mend it:\n${applyEdits(text, fix.edits)}`);
  return after;
}

const severities = (text: string, code: Finding['code']) => all(text).filter((one) => one.code === code).map(({ severity }) => severity);

/** A deploy that starts after another workflow, on the commit that that one ran on. */
const follow = (more: string, job = '    timeout-minutes: 10\n') => aWorkflow({ job, steps: '      - uses: actions/checkout@v5\n        with:\n          ref: ${{ github.event.workflow_run.head_sha }}\n          persist-credentials: false\n' }).replace('  push:\n    branches: [main]\n', `  workflow_run:\n    workflows: [CI]\n${more}`);

describe('the checks of workflow files', () => {
  it('find nothing in a workflow that is as it should be', () => {
    assert.deepEqual(found(aWorkflow()), []);
  });

  it('leave workflows alone that do not deploy', () => {
    const text = 'name: CI\non: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.head_ref }}\n';
    assert.deepEqual(found(text, { name: 'ci.yml' }), []);
    assert.deepEqual(found(text.replace('name: CI', 'name: Deploy to the cloud'), { name: 'ci.yml' }).slice(0, 1), ['3 permissions']);
  });

  it('tell a deploy workflow that cannot be read, where it goes wrong', () => {
    assert.deepEqual(found('name: Deploy\njobs:\n\tdeploy: {}\n'), ['3 unreadable']);
    assert.deepEqual(found('- a\n- b\n'), ['1 unreadable']);
    assert.deepEqual(found('name: [', { name: 'ci.yml' }), []);
    assert.deepEqual(found(`on: push\njobs: ${'['.repeat(50_000)}`), ['2 unreadable']);
    for (const text of ['', '\n', '# nothing', 'name: Deploy', 'jobs: 5', 'jobs:\n  deploy:\n', 'jobs:\n  deploy: [1, 2]\n', 'on:\njobs:\n  deploy:\n    environment:\n    steps:\n']) assert.doesNotThrow(() => found(text));
  });

  it('do not expand aliases that explode', () => {
    const levels = Array.from({ length: 30 }, (_, level) => `x${level + 1}: &x${level + 1} [*x${level}, *x${level}, *x${level}, *x${level}]`);
    const before = performance.now();
    found(`x0: &x0 [a]\n${levels.join('\n')}\njobs:\n  deploy:\n    environment: production\n    steps: *x30\n`);
    assert.ok(performance.now() - before < 2_000);
  });

  const faults: readonly { readonly title: string; readonly text: string; readonly expect: readonly string[]; readonly name?: string; readonly facts?: CheckFacts }[] = [
    { title: 'a missing run-name', text: aWorkflow({ top: 'permissions: {}\n' }), expect: ['1 run-name'] },
    { title: 'a run-name without a version', text: aWorkflow({ top: 'run-name: Deploy by ${{ github.actor }}\npermissions: {}\n' }), expect: ['2 run-name'] },
    { title: 'a run-name by a version input', text: aWorkflow({ top: 'run-name: Deploy ${{ inputs.tag }}\npermissions: {}\n', inputs: '    inputs:\n      tag:\n' }), expect: [] },
    { title: 'a job without a timeout', text: aWorkflow({ job: '' }), expect: ['9 timeout'] },
    { title: 'no timeout where a workflow is called', text: 'name: Deploy\nrun-name: Deploy ${{ github.sha }}\npermissions: {}\non: push\njobs:\n  deploy:\n    uses: ./.github/workflows/x.yml\n    concurrency: { group: p, queue: max }\n', expect: [] },
    { title: 'a deploy without a group', text: aWorkflow({ concurrency: '' }), expect: ['9 concurrency'] },
    { title: 'a group for the whole workflow', text: aWorkflow({ concurrency: '', top: 'run-name: ${{ github.sha }}\npermissions: {}\nconcurrency: { group: production, queue: max }\n' }), expect: [] },
    { title: 'a group that forgets who waits', text: aWorkflow({ concurrency: '    concurrency:\n      group: production\n      cancel-in-progress: false\n' }), expect: ['14 concurrency-queue'] },
    { title: 'a group by name only', text: aWorkflow({ concurrency: '    concurrency: production\n' }), expect: ['13 concurrency-queue'] },
    { title: 'a queue of one', text: aWorkflow({ concurrency: '    concurrency:\n      group: production\n      queue: single\n' }), expect: ['15 concurrency-queue'] },
    { title: 'a deploy that is cut off', text: aWorkflow({ concurrency: '    concurrency:\n      group: production\n      cancel-in-progress: true\n' }), expect: ['15 cancel-in-progress'] },
    { title: 'a cancelling group where pull requests decide', text: aWorkflow({ concurrency: "    concurrency:\n      group: production\n      cancel-in-progress: ${{ github.event_name == 'pull_request' }}\n" }), expect: [] },
    { title: 'an environment by a slip', text: aWorkflow({ environment: '    environment: prodcution\n' }), expect: ['12 environment'] },
    { title: 'an environment that does not exist', text: aWorkflow({ environment: '    environment: { name: europe }\n' }), expect: ['12 environment'] },
    { title: 'a slip while GitHub’s list is not known', text: aWorkflow({ environment: '    environment: prodution\n' }), expect: ['12 environment'], facts: { environments: undefined, owner: undefined } },
    { title: 'any name while GitHub’s list is not known', text: aWorkflow({ environment: '    environment: europe\n' }), expect: [], facts: { environments: undefined, owner: undefined } },
    { title: 'a slip in an expression', text: aWorkflow({ environment: "    environment: ${{ github.ref_name == 'main' && 'production' || 'stagging' }}\n" }), expect: ['12 environment'] },
    { title: 'no slip in what an expression compares with', text: aWorkflow({ environment: "    environment: ${{ startsWith(github.ref, 'refs/tags/productions') && 'production' || 'staging' }}\n" }), expect: [] },
    { title: 'a slip in the choices', text: aWorkflow({ environment: '    environment: ${{ inputs.where }}\n', inputs: '    inputs:\n      where:\n        type: choice\n        options:\n          - producton\n          - staging\n' }), expect: ['12 environment'] },
    { title: 'an environment that a slip has made', text: aWorkflow({ environment: '    environment: stagging\n' }), expect: ['12 environment'], facts: { environments: ['production', 'staging', 'stagging'], owner: undefined } },
    { title: 'an environment in another case', text: aWorkflow({ environment: '    environment: Production\n' }), expect: [] },
    { title: 'a pinned action of others beside secrets', text: aWorkflow({ steps: `      - uses: some/action@${'a'.repeat(40)}\n        with: { key: "\${{ secrets.KEY }}" }\n` }), expect: ['17 third-party-action'] },
    { title: 'a tagged action beside secrets', text: aWorkflow({ steps: '      - uses: some/action@v1\n        env:\n          KEY: ${{ secrets.KEY }}\n' }), expect: ['17 unpinned-action'] },
    { title: 'an action beside all secrets', text: aWorkflow({ steps: '      - uses: some/action@v1\n        env:\n          KEYS: ${{ toJSON(secrets) }}\n' }), expect: ['17 unpinned-action'] },
    { title: 'an image by its tag beside secrets', text: aWorkflow({ steps: '      - uses: docker://alpine:3\n        env: { KEY: "${{ secrets.KEY }}" }\n' }), expect: ['17 unpinned-action'] },
    { title: 'an action beside nothing secret', text: aWorkflow({ steps: '      - uses: some/action@v1\n        with: { token: "${{ secrets.GITHUB_TOKEN }}" }\n' }), expect: [] },
    { title: 'actions of the repository itself', text: aWorkflow({ steps: '      - uses: ./.github/actions/ship\n        env: { KEY: "${{ secrets.KEY }}" }\n' }), expect: [] },
    { title: 'a text input in a script', text: aWorkflow({ inputs: '    inputs:\n      why:\n', steps: '      - run: echo ${{ inputs.why }}\n' }), expect: ['19 script-injection'] },
    { title: 'choices and switches in a script', text: aWorkflow({ inputs: '    inputs:\n      dry: { type: boolean }\n      where: { type: choice, options: [staging] }\n', steps: '      - run: echo ${{ inputs.dry }} ${{ inputs.where }} ${{ github.event.inputs.dry }}\n' }), expect: [] },
    { title: 'tests and fixed words in a script', text: aWorkflow({ inputs: '    inputs:\n      why:\n', steps: "      - run: echo ${{ inputs.why == 'x' }} ${{ inputs.why && '--why' || '' }} ${{ contains(github.event.head_commit.message, 'x') }} ${{ github.sha }} ${{ github.event.number }}\n" }), expect: [] },
    { title: 'what an event brings, in a script', text: aWorkflow({ steps: '      - run: |\n          echo "${{ github.event.head_commit.message }}"\n          echo ${{ toJSON(github.event) }} ${{ github.event.pull_request.head.ref }} ${{ format(\'{0}\', github.head_ref) }}\n' }), expect: ['18 script-injection', '19 script-injection', '19 script-injection', '19 script-injection'] },
    { title: 'an input in a script of an action', text: aWorkflow({ inputs: '    inputs:\n      why:\n', steps: '      - uses: actions/github-script@v8\n        with:\n          script: console.log("${{ inputs.why }}")\n' }), expect: ['21 script-injection'] },
    { title: 'an input by way of env', text: aWorkflow({ inputs: '    inputs:\n      why:\n', steps: '      - run: echo ${{ env.WHY }} ${{ env.OTHER }}\n        env:\n          WHY: ${{ inputs.why }}\n          OTHER: x\n' }), expect: ['19 script-injection'] },
    { title: 'an input in env', text: aWorkflow({ inputs: '    inputs:\n      why:\n', steps: '      - run: echo "$WHY"\n        env:\n          WHY: ${{ inputs.why }}\n' }), expect: [] },
    { title: 'ssh-keyscan', text: aWorkflow({ steps: '      - run: ssh-keyscan example.com >> ~/.ssh/known_hosts\n' }), expect: ['17 ssh-keyscan'] },
    { title: 'ssh-keyscan in a comment', text: aWorkflow({ steps: '      - run: |\n          # never ssh-keyscan here\n          ./deploy\n' }), expect: [] },
    { title: 'unchecked host keys', text: aWorkflow({ steps: '      - run: ssh -oStrictHostKeyChecking=no host\n        env:\n          RSYNC_RSH: ssh -o "UserKnownHostsFile /dev/null"\n      - run: printf "StrictHostKeyChecking accept-new" > config\n' }), expect: ['17 host-key-checking', '19 host-key-checking', '20 host-key-checking'] },
    { title: 'checked host keys', text: aWorkflow({ steps: '      - run: ssh -o StrictHostKeyChecking=yes -o UserKnownHostsFile=known_hosts host\n' }), expect: [] },
    { title: 'no word about permissions', text: aWorkflow({ top: 'run-name: ${{ github.sha }}\n' }), expect: ['7 permissions'] },
    { title: 'permissions in every job', text: aWorkflow({ top: 'run-name: ${{ github.sha }}\n', job: '    permissions: {}\n    timeout-minutes: 5\n' }), expect: [] },
    { title: 'permission to write everything', text: aWorkflow({ top: 'run-name: ${{ github.sha }}\npermissions: write-all\n' }), expect: ['3 permissions'] },
    { title: 'one job that may write', text: aWorkflow({ top: 'run-name: ${{ github.sha }}\npermissions:\n  deployments: write\n' }), expect: [] },
    { title: 'many jobs that may write', text: `${aWorkflow({ top: 'run-name: ${{ github.sha }}\npermissions:\n  deployments: write\n' })}  tell:\n    runs-on: ubuntu-latest\n    timeout-minutes: 1\n    steps: []\n`, expect: ['4 permissions'] },
    { title: 'every secret handed on', text: 'name: Deploy\nrun-name: ${{ github.sha }}\npermissions: {}\non: push\njobs:\n  deploy:\n    uses: ./.github/workflows/x.yml\n    secrets: inherit\n    concurrency: { group: p, queue: max }\n', expect: ['8 secrets-inherit'] },
    { title: 'code of a pull request with rights', text: aWorkflow({ steps: '      - uses: actions/checkout@v5\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n          persist-credentials: false\n' }).replace('  push:\n    branches: [main]\n', '  pull_request_target:\n'), expect: ['18 pull-request-target'] },
  ];
  for (const { title, text, expect, ...more } of faults) {
    it(`judge ${title}`, () => assert.deepEqual(found(text, more), expect));
  }

  it('are milder where less is at stake', () => {
    const two = `${aWorkflow({ job: '', steps: '      - uses: actions/checkout@v5\n        with: { token: "${{ secrets.PAT }}", persist-credentials: false }\n      - uses: actions/cache@v4\n      - uses: other/action@v1\n' })}  test:\n    runs-on: ubuntu-latest\n    steps: []\n`;
    assert.deepEqual(severities(two, 'timeout'), ['warning', 'information']);
    assert.deepEqual(severities(two, 'unpinned-action'), ['information', 'hint', 'warning']);
    const preview = aWorkflow({ top: 'permissions: {}\n', concurrency: '    concurrency: { group: preview, cancel-in-progress: true }\n' }).replace(/on:\n[\s\S]*?jobs:/, 'on: pull_request\njobs:');
    assert.deepEqual(found(preview), []);
  });

  it('know what follows a push from what follows a pull request', () => {
    assert.deepEqual(found(follow('')).map((one) => one.split(' ')[1]), ['pull-request-target']);
    assert.deepEqual(found(follow('    branches: [main]\n')), []);
    assert.deepEqual(found(follow('', "    timeout-minutes: 10\n    if: github.event.workflow_run.event == 'push'\n")), []);
  });

  const rollback = (input: string, steps = '      - uses: actions/checkout@v5\n        with: { ref: "${{ inputs.version }}", persist-credentials: false }\n') =>
    aWorkflow({ top: 'run-name: Roll back to ${{ inputs.version }}\npermissions: {}\n', inputs: `    inputs:\n      version:\n${input}`, steps });

  it('read inputs by names that mean something in a pattern', () => {
    const odd = aWorkflow({ top: 'run-name: Deploy ${{ inputs[\'version(\'] }}\npermissions: {}\n', inputs: '    inputs:\n      version:\n      "version(":\n        type: string\n', steps: '      - run: ./deploy\n' });
    assert.ok(!found(odd).some((one) => one.includes('unreadable')), found(odd).join('\n'));
    assert.ok(found(odd).every((one) => !one.includes('run-name')), found(odd).join('\n'));
  });

  it('judge whether a rollback knows where to go', () => {
    const name = 'rollback.yml';
    assert.deepEqual(found(rollback('        type: string\n'), { name }), ['9 rollback-version']);
    assert.deepEqual(found(rollback('        required: true\n'), { name }), []);
    assert.deepEqual(found(rollback('        required: true\n        default: main\n'), { name }), ['11 rollback-version']);
    assert.deepEqual(found(rollback('        type: string\n', '      - run: ./rollback "$VERSION"\n'), { name }), [], 'the script may know the one before');
    assert.deepEqual(found(rollback('        type: string\n', '      - run: git checkout "$VERSION"\n        env: { VERSION: "${{ inputs.version }}" }\n'), { name }), ['9 rollback-version']);
    assert.deepEqual(found(rollback('        type: string\n'), { name: 'deploy.yml' }), [], 'a deploy of nothing in particular is the head');
    assert.match(fixed(rollback('        type: string\n'), 'rollback-version', name), /type: string\n {8}required: true\n/);
    assert.match(fixed(rollback('        required: false\n'), 'rollback-version', name), /version:\n {8}required: true\n/);
  });

  it('write fixes as people would', () => {
    assert.match(fixed(aWorkflow({ top: 'permissions: {}\n', inputs: '    inputs:\n      version:\n      correlation_id:\n' }), 'run-name'), /^name: Deploy\nrun-name: Deploy \$\{\{ inputs\.version \|\| github\.ref_name \}\} to production\$\{\{ inputs\.correlation_id && format\(' \[\{0\}\]', inputs\.correlation_id\) \|\| '' \}\}\npermissions/);
    assert.match(fixed(aWorkflow({ job: '' }), 'timeout'), / {4}runs-on: ubuntu-latest\n {4}timeout-minutes: 30\n {4}environment/);
    assert.match(fixed(aWorkflow({ concurrency: '' }), 'concurrency'), / {4}environment: production\n {4}concurrency:\n {6}group: deploy-production\n {6}cancel-in-progress: false\n {6}queue: max\n {4}steps/);
    assert.match(fixed(aWorkflow({ concurrency: '    concurrency: production # one lane\n' }), 'concurrency-queue'), / {4}concurrency:\n {6}group: production\n {6}cancel-in-progress: false\n {6}queue: max # one lane\n/);
    assert.match(fixed(aWorkflow({ concurrency: '    concurrency: { group: production, cancel-in-progress: true }\n' }), 'cancel-in-progress'), /\{ group: production, cancel-in-progress: false, queue: max \}/);
    assert.match(fixed(aWorkflow({ environment: '    environment: "prodcution" # live\n' }), 'environment'), /environment: "production" # live/);
    assert.match(fixed(aWorkflow({ steps: '      - name: Trust\n        run: ssh-keyscan -p 22 -H example.com 2>/dev/null >> ~/.ssh/known_hosts\n' }), 'ssh-keyscan'), /env:\n {10}DEPLOY_KNOWN_HOSTS: \$\{\{ vars\.DEPLOY_KNOWN_HOSTS \}\}\n {8}run: printf '%s\\n' "\$\{DEPLOY_KNOWN_HOSTS\}" >> ~\/\.ssh\/known_hosts\n/);
    assert.match(fixed(aWorkflow({ top: 'run-name: ${{ github.sha }}\n' }), 'permissions'), /\npermissions:\n {2}contents: read\n\njobs:/);
  });

  const inputs = '    inputs:\n      version:\n      path:\n';
  const moved: readonly { readonly title: string; readonly step: string; readonly expect: string }[] = [
    { title: 'between double quotes', step: '      - run: ./ship "v${{ inputs.version }}"\n', expect: '      - env:\n          VERSION: ${{ inputs.version }}\n        run: ./ship "v${VERSION}"\n' },
    { title: 'between single quotes', step: "      - run: ./ship 'v${{ inputs.version }}' '${{ inputs.version }}'\n", expect: "      - env:\n          VERSION: ${{ inputs.version }}\n        run: ./ship 'v'\"${VERSION}\"'' \"${VERSION}\"\n" },
    { title: 'unquoted', step: '      - name: Ship\n        run: ./ship --version=${{ inputs.version }}\n', expect: '      - name: Ship\n        env:\n          VERSION: ${{ inputs.version }}\n        run: ./ship --version="${VERSION}"\n' },
    { title: 'beside variables that are there', step: '      - env:\n          A: b\n        run: ./ship ${{ inputs.version }}\n', expect: '      - env:\n          VERSION: ${{ inputs.version }}\n          A: b\n        run: ./ship "${VERSION}"\n' },
    { title: 'by a variable that holds it', step: '      - env:\n          TAG: ${{ inputs.version }}\n        run: ./ship ${{ inputs.version }}\n', expect: '      - env:\n          TAG: ${{ inputs.version }}\n        run: ./ship "${TAG}"\n' },
    { title: 'under a name that the shell does not use', step: '      - run: ./ship ${{ inputs.path }}\n', expect: '      - env:\n          INPUT_PATH: ${{ inputs.path }}\n        run: ./ship "${INPUT_PATH}"\n' },
    { title: 'under a name that the script does not use', step: '      - run: VERSION=1 ./ship ${{ inputs.version }}\n', expect: '      - env:\n          INPUT_VERSION: ${{ inputs.version }}\n        run: VERSION=1 ./ship "${INPUT_VERSION}"\n' },
    { title: 'in PowerShell', step: '      - shell: pwsh\n        run: ./ship "${{ inputs.version }}" ${{ inputs.version }}\n', expect: '      - shell: pwsh\n        env:\n          VERSION: ${{ inputs.version }}\n        run: ./ship "${env:VERSION}" ${env:VERSION}\n' },
    { title: 'at the beginning', step: '      - run: ${{ inputs.version }} --go\n', expect: '      - env:\n          VERSION: ${{ inputs.version }}\n        run: "\\"${VERSION}\\" --go"\n' },
    { title: 'in YAML’s own quotes', step: "      - run: 'echo \"${{ inputs.version }}\" it''s'\n", expect: "      - env:\n          VERSION: ${{ inputs.version }}\n        run: 'echo \"${VERSION}\" it''s'\n" },
    { title: 'in a command inside quotes', step: '      - run: |\n          echo "$(./name ${{ inputs.version }})"\n', expect: '      - env:\n          VERSION: ${{ inputs.version }}\n        run: |\n          echo "$(./name "${VERSION}")"\n' },
    { title: 'by the variable that was put into the script', step: '      - env:\n          TAG: ${{ inputs.version }}\n        run: ./ship ${{ env.TAG }}\n', expect: '      - env:\n          TAG: ${{ inputs.version }}\n        run: ./ship "${TAG}"\n' },
    { title: 'in a flow map', step: '      - { run: "./ship ${{ inputs.version }}" }\n', expect: '      - { env: { VERSION: "${{ inputs.version }}" }, run: "./ship \\"${VERSION}\\"" }\n' },
  ];
  for (const { title, step, expect } of moved) {
    it(`hand a value over in env ${title}`, () => {
      const after = fixed(aWorkflow({ inputs, steps: step }), 'script-injection');
      assert.equal(after.slice(after.indexOf('    steps:\n') + '    steps:\n'.length), expect);
    });
  }

  it('offer no fix where nobody can be sure: here-documents, other languages, single quotes of PowerShell', () => {
    for (const step of ['      - run: |\n          cat <<EOF\n          ${{ inputs.version }}\n          EOF\n', '      - shell: python\n        run: print("${{ inputs.version }}")\n', "      - shell: pwsh\n        run: echo 'x ${{ inputs.version }}'\n"]) {
      const [finding] = all(aWorkflow({ inputs, steps: step }));
      assert.equal(finding?.code, 'script-injection');
      assert.deepEqual(finding.fixes, []);
    }
  });
});

describe('the fixes of workflow files', () => {
  const files = createWorkflowFiles();
  const styles: readonly (readonly [string, (text: string) => string])[] = [
    ['as written', (text) => text],
    ['with the other line ends', (text) => (text.includes('\r') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n'))],
    ['without the last line end', (text) => text.replace(/\r?\n$/, '')],
    ['with comments between', (text) => text.replace(/^( *)\w[\w-]*:.*(\r?\n)/gm, (line, margin: string, eol: string) => `${margin}# before${eol}${line}`)],
  ];
  for (const [name, written] of Object.entries(messyWorkflows)) {
    for (const [style, change] of styles) {
      it(`mend what they were made for in ${name} ${style}`, () => {
        const text = change(written);
        const problem = files.parse(at(name), text).problem;
        if (problem !== undefined) throw new Error(`The text itself is broken: ${problem}`);
        const findings = all(text, { name });
        assert.ok(findings.length > 3);
        for (const finding of findings) {
          for (const fix of finding.fixes) {
            const after = checks.mended(at(name), text, facts, finding, fix);
            assert.ok(after !== undefined, `${finding.code}: ${english(fix.title)}\n${applyEdits(text, fix.edits)}`);
            assert.equal(files.parse(at(name), after).problem, undefined);
            assert.equal(/\r\n/.test(text) && /[^\r]\n/.test(after), false, `${finding.code} mixes line ends`);
          }
        }
      });
    }
    it(`mend all of ${name} that needs no decision`, () => {
      const after = checks.fixAll(at(name), written, facts);
      assert.equal(files.parse(at(name), after).problem, undefined);
      const left = all(after, { name });
      const careful = ['environment', 'persist-credentials', 'permissions', 'rollback-version', 'ssh-keyscan', 'host-key-checking', 'unpinned-action', 'third-party-action', 'secrets-inherit'];
      assert.deepEqual(left.filter(({ code, fixes }) => !careful.includes(code) && fixes.length > 0).map(({ code, range }) => `${range.start.line + 1} ${code}`), []);
      assert.equal(checks.fixAll(at(name), after, facts), after);
    });
  }

  it('come through whatever is half typed, and mend only what stays readable', () => {
    const names = Object.keys(messyWorkflows);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(fc.tuple(fc.nat(60), fc.constantFrom('drop', 'double', 'cut', 'indent', 'quote')), { maxLength: 4 }), (name, changes) => {
        let lines = (messyWorkflows[name] ?? '').split('\n');
        for (const [number, change] of changes) {
          const index = number % lines.length;
          const line = lines[index] ?? '';
          const changed = { drop: [], double: [line, line], cut: [line.slice(0, line.length / 2)], indent: [`  ${line}`], quote: [line.replace(/: (.+)$/, ": '$1'")] }[change];
          lines = lines.toSpliced(index, 1, ...changed);
        }
        const text = lines.join('\n');
        const findings = all(text, { name });
        const isReadable = !findings.some(({ code }) => code === 'unreadable');
        const after = checks.fixAll(at(name), text, facts);
        if (isReadable) assert.ok(!all(after, { name }).some(({ code }) => code === 'unreadable'));
        else assert.equal(after, text);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('say why, and point to a page, whatever is found', () => {
    for (const [name, text] of Object.entries(messyWorkflows)) {
      for (const { message, why, source, range } of all(text, { name })) {
        assert.ok(english(why).length > 20 && english(message).length > 10);
        assert.ok(!/\{\w+\}/.test(english(message)), english(message));
        assert.equal(new URL(source).protocol, 'https:');
        assert.ok(range.end.line === range.start.line && range.end.character > range.start.character);
      }
    }
  });
});

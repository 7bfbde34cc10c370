import assert from 'node:assert/strict';
import type { PipelineAnswers } from '../../../src/core/pipelineAnswers.ts';
import { pinnedActions, renderPipeline, type PipelineTemplate } from '../../../src/core/pipelineTemplate.ts';
import { pipelineTemplates } from '../../../src/pipeline/templates.ts';
import { expressionOutcomes } from '../../../src/core/environmentExpression.ts';

const templates: readonly PipelineTemplate[] = [
  {
    path: 'workflows/deploy.yml',
    text: [
      'on:',
      '  push:',
      '    branches: [main, develop] # boussole:branches',
      '  workflow_dispatch:',
      '    inputs:',
      '      environment:',
      '        options: [staging, production] # boussole:environments',
      'jobs:',
      '  ship:',
      "    environment: ${{ inputs.environment || (github.ref_name == 'main' && 'production' || 'staging') }}",
      '    steps:',
      '      - uses: actions/checkout@v5.0.0 # boussole:pin',
      '      - uses: actions/checkout@v5.0.0 # boussole:pin',
      '      - uses: actions/upload-artifact@v4.6.2 # boussole:pin',
      '',
    ].join('\n'),
  },
  { path: 'deploy/plan', text: '#!/usr/bin/env bash\n' },
  { path: 'deploy/lib/answer.bash', text: 'answer() { :; }\n' },
  { path: 'deploy/build', text: '#!/usr/bin/env bash\nnpm ci\n' },
  { path: 'deploy/config', text: '# Yours to change.\nenvironment production main production\nenvironment staging develop\nrecords own\n' },
  { path: 'deploy/.shellcheckrc', text: 'external-sources=true\n' },
  { path: 'server/relctl', text: '#!/usr/bin/env bash\n' },
];
const checkout = 'a'.repeat(40);
const pins = { 'actions/checkout@v5.0.0': checkout, 'actions/upload-artifact@v4.6.2': 'b'.repeat(40) };
const answers: PipelineAnswers = {
  environments: [
    { name: 'live', branch: 'release/v2', isProduction: true },
    { name: 'qa', branch: '2.0', isProduction: false },
    { name: 'on', branch: 'trunk', isProduction: false },
  ],
  packageManager: 'npm',
  records: 'automatic',
};
const rendered = (given: PipelineAnswers = answers) => new Map(renderPipeline(templates, given, pins).map((file) => [file.path, file]));

const build = (packageManager: PipelineAnswers['packageManager']) => rendered({ ...answers, packageManager }).get('.deploy/build');
const environments = (...names: [string, string][]): PipelineAnswers => ({ ...answers, environments: names.map(([name, branch]) => ({ name, branch, isProduction: false })) });

describe('renderPipeline', () => {
  it('puts the team’s environments, branches and pinned actions in their places', () => {
    assert.equal(
      rendered().get('.github/workflows/deploy.yml')?.text,
      [
        'on:',
        '  push:',
        "    branches: [release/v2, '2.0', trunk]",
        '  workflow_dispatch:',
        '    inputs:',
        '      environment:',
        "        options: [qa, 'on', live]",
        'jobs:',
        '  ship:',
        "    environment: ${{ inputs.environment || (github.ref_name == 'release/v2' && 'live' || github.ref_name == '2.0' && 'qa' || 'on') }}",
        '    steps:',
        `      - uses: actions/checkout@${checkout} # v5.0.0`,
        `      - uses: actions/checkout@${checkout} # v5.0.0`,
        `      - uses: actions/upload-artifact@${'b'.repeat(40)} # v4.6.2`,
        '',
      ].join('\n'),
    );
  });

  it('leaves the configuration’s comments and writes its lines', () => {
    assert.equal(
      rendered().get('.deploy/config')?.text,
      '# Yours to change.\nenvironment live release/v2 production\nenvironment qa 2.0\nenvironment on trunk\nrecords automatic\n',
    );
  });

  it('installs workflows and scripts, with what may be run marked so, and leaves the server’s side out', () => {
    assert.deepEqual([...rendered().values()].map(({ path, executable }) => `${executable ? 'x' : '-'} ${path}`), [
      'x .deploy/build',
      '- .deploy/config',
      '- .deploy/lib/answer.bash',
      'x .deploy/plan',
      '- .github/workflows/deploy.yml',
    ]);
  });

  it('writes the build of each package manager', () => {
    assert.equal(build('npm')?.text, '#!/usr/bin/env bash\nnpm ci\n');
    assert.match(build('pnpm')?.text ?? '', /\npnpm install --frozen-lockfile\n/);
    assert.match(build('composer')?.text ?? '', /\ncomposer install /);
    assert.match(build('none')?.text ?? '', /\ngit archive HEAD \| tar -x -C "\$out"\n/);
    for (const one of ['npm', 'pnpm', 'composer', 'none'] as const) assert.equal(build(one)?.executable, true);
  });

  it('makes a chain for a single environment too, that the product reads back', () => {
    const text = rendered({ ...answers, environments: [{ name: 'production', branch: 'main', isProduction: true }] }).get('.github/workflows/deploy.yml')?.text ?? '';
    assert.ok(text.includes("environment: ${{ inputs.environment || ('production') }}"), text);
    assert.deepEqual(expressionOutcomes("${{ inputs.environment || ('production') }}"), [{ environment: 'production', branch: undefined, isFallback: true }]);
  });

  it('throws where a place is missing, a pin is none, or the answers make no pipeline', () => {
    const without = (path: string, place: string) => templates.map((one) => (one.path === path ? { ...one, text: one.text.replace(place, '') } : one));
    for (const place of [' # boussole:branches', ' # boussole:environments', " || 'staging'"]) {
      assert.throws(() => renderPipeline(without('workflows/deploy.yml', place), answers, pins), /No template holds/);
    }
    assert.throws(() => renderPipeline(without('deploy/config', 'records own'), answers, pins), /no records line/);
    assert.throws(() => renderPipeline(templates, answers, { ...pins, 'actions/checkout@v5.0.0': 'v5.0.0' }), /checkout@v5\.0\.0 is not pinned/);
    const broken = templates.map((one) => (one.path === 'workflows/deploy.yml' ? { ...one, text: `${one.text}# boussole:unknown\n` } : one));
    assert.throws(() => renderPipeline(broken, answers, pins), /nothing was put in the place of “# boussole:unknown”/);
    for (const bad of [environments(), environments(['a', 'main'], ['A', 'dev']), environments(['a', 'main'], ['b', 'main']), environments(["a'b", 'main']), environments(['a', "it's"]), environments(['notifications', 'main']), environments(['a', '../up'])]) {
      assert.throws(() => renderPipeline(templates, bad, pins), /make no pipeline/, JSON.stringify(bad));
    }
  });

  it('renders the templates that are shipped', () => {
    const actions = pinnedActions(pipelineTemplates);
    assert.deepEqual(actions.map(({ repository }) => repository).sort(), ['actions/checkout', 'actions/download-artifact', 'actions/upload-artifact']);
    const files = renderPipeline(pipelineTemplates, answers, Object.fromEntries(actions.map(({ repository, tag }) => [`${repository}@${tag}`, checkout])));
    const text = files.map((file) => file.text).join('\n');
    assert.ok(!text.includes('boussole:'), 'no place is left');
    const workflows = files.filter(({ path }) => path.startsWith('.github/workflows/')).map(({ path }) => path);
    assert.deepEqual(workflows, ['.github/workflows/deploy.yml', '.github/workflows/hold.yml', '.github/workflows/rollback.yml']);
    assert.ok(!workflows.some((path) => /'(?:production|staging|main|develop)'/.test(files.find((file) => file.path === path)?.text ?? '')), 'nothing of the templates’ own environments stays');
  });
});

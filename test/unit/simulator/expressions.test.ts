import assert from 'node:assert/strict';
import { evaluate, interpolate } from '../../../src/simulator/world/expressions.ts';
import { readWorkflow } from '../../../src/simulator/world/workflowDefinition.ts';

describe('expressions in simulated workflows', () => {
  const scope = { inputs: { environment: '', version: 'v1.2.0', dry: false }, github: { ref_name: 'main', run_number: 7 } };
  const cases: readonly (readonly [source: string, value: unknown])[] = [
    ["'it''s'", "it's"],
    ['inputs.version', 'v1.2.0'],
    ["inputs['version']", 'v1.2.0'],
    ['inputs.unheard_of.deeper', null],
    ["inputs.environment || 'staging'", 'staging'],
    ["github.ref_name == 'MAIN' && 'production' || 'staging'", 'production'],
    ["github.ref_name != 'main' && 'a' || 'b'", 'b'],
    ['github.run_number >= 7 && !inputs.dry', true],
    ["(1 == 2 || 'x') && 'y'", 'y'],
    ["format('{1} [{0}]', 'a', inputs.version)", 'v1.2.0 [a]'],
    ["contains('Hello', 'ELL')", true],
    ["startsWith(inputs.version, 'v1') && endsWith(inputs.version, '.0')", true],
    ["fromJSON('[1,2]')", [1, 2]],
    ['always()', true],
  ];
  for (const [source, value] of cases) {
    it(`${source} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(evaluate(source, scope), value);
    });
  }

  it('are replaced in a text, nothing becoming nothing', () => {
    assert.equal(interpolate('Deploy ${{ inputs.version }} to ${{ inputs.environment || github.ref_name }}${{ inputs.none }}!', scope), 'Deploy v1.2.0 to main!');
  });

  it('that cannot be read are refused', () => {
    for (const source of ['inputs.', '1 ==', "format('x'", 'a b', '#', 'unknownFunction()']) {
      assert.throws(() => evaluate(source, scope), SyntaxError, source);
    }
  });
});

describe('a simulated workflow file', () => {
  it('is read with its triggers, inputs and jobs', () => {
    const definition = readWorkflow(`
name: Ship
on: { workflow_dispatch: { inputs: { dry: { type: boolean, default: false }, where: { type: choice, options: [a, b], required: true } } }, push: { branches: main } }
jobs:
  one: { runs-on: x, steps: [{ run: "make it\\nso" }, { uses: actions/checkout@v5 }] }
  two: { needs: one, environment: { name: prod, deployment: false }, concurrency: { group: g, queue: max }, env: { A: b }, outputs: { c: d }, steps: [{ id: e, if: f, env: { A: h }, run: i }] }
`);
    assert.deepEqual(definition?.triggers.get('push'), { branches: ['main'] });
    assert.deepEqual(definition?.inputs.get('dry'), { type: 'boolean', required: false, options: [], default: 'false' });
    assert.deepEqual(definition?.inputs.get('where'), { type: 'choice', required: true, options: ['a', 'b'] });
    assert.deepEqual(definition?.jobs[0]?.steps.map(({ name, run }) => [name, run]), [['Run make it', 'make it\nso'], ['Run actions/checkout@v5', undefined]]);
    const { needs, environment, recordsDeployment, group, queue, env, outputs, steps } = definition?.jobs[1] ?? {};
    assert.deepEqual([needs, environment, recordsDeployment, group, queue], [['one'], 'prod', false, 'g', 'max']);
    assert.deepEqual([env, outputs, steps], [{ A: 'b' }, { c: 'd' }, [{ name: 'Run i', id: 'e', run: 'i', condition: 'f', env: { A: 'h' } }]]);
  });

  it('that is not YAML, or no workflow, is none', () => {
    assert.equal(readWorkflow('on: [push\njobs: {'), undefined);
    assert.equal(readWorkflow('just: text'), undefined);
  });
});

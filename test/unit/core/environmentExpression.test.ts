import assert from 'node:assert/strict';
import { expressionOutcomes } from '../../../src/core/environmentExpression.ts';

const outcomes = (expression: string) =>
  expressionOutcomes(expression).map(({ environment, branch, isFallback }) => `${branch ?? (isFallback ? 'else' : '?')} → ${environment}`);

describe('An environment expression', () => {
  for (const [expression, expected] of [
    ["${{ github.ref_name == 'main' && 'production' || 'staging' }}", ['main → production', 'else → staging']],
    ["${{ inputs.environment || (github.ref_name == 'main' && 'production' || 'staging') }}", ['main → production', 'else → staging']],
    ["${{ github.ref == 'refs/heads/main' && 'prod' || github.ref == 'refs/heads/develop' && 'dev' }}", ['main → prod', 'develop → dev']],
    ["${{ 'main' == github.ref_name && 'production' || 'preview' }}", ['main → production', 'else → preview']],
    ["${{ (github.event_name == 'push' && github.ref_name == 'main') && 'production' || 'staging' }}", ['? → production', 'else → staging']],
    ["${{ github.event_name == 'push' && github.ref_name == 'main' && 'production' || 'staging' }}", ['main → production', 'else → staging']],
    ["${{ github.event_name == 'release' && 'production' }}", ['? → production']],
    ["${{ github.ref == 'refs/tags/v1' && 'production' }}", ['? → production']],
    ["${{ inputs.flag && 'it''s || here' || 'b' }}", ["? → it's || here", 'else → b']],
    ['${{ inputs.environment }}', []],
    ['${{ needs.plan.outputs.environment }}', []],
    ["review-${{ github.ref_name == 'x' && 'y' }}", []],
    ["${{ format('{0}', 'a') }}", []],
    ['production', []],
    ['${{ ((( }}', []],
    ["${{ ' }}", []],
  ] as const) {
    it(`gives ${JSON.stringify(expected)} for ${expression}`, () => {
      assert.deepEqual(outcomes(expression), expected);
    });
  }
});

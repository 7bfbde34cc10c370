import { renderPipeline, type PipelineFile } from '../../core/pipelineTemplate.ts';
import { pipelineTemplates } from '../../pipeline/templates.ts';
import { actionPins } from './actions.ts';

/** The pipeline as Set Up installs it, with the sample team's answers: what the product ships is what the sample team runs. */
export const PIPELINE: readonly PipelineFile[] = renderPipeline(
  pipelineTemplates,
  {
    environments: [{ name: 'production', branch: 'main', isProduction: true }, { name: 'staging', branch: 'develop', isProduction: false }],
    packageManager: 'npm',
    records: 'own',
  },
  actionPins,
);

/** deploy.yml as it is today: by push, or by hand with a version. */
export const DEPLOY_YML = pipelineFile('.github/workflows/deploy.yml');

/** rollback.yml: makes a release live again that was live before, without building it. */
export const ROLLBACK_YML = pipelineFile('.github/workflows/rollback.yml');

function pipelineFile(wanted: string): string {
  const file = PIPELINE.find(({ path }) => path === wanted);
  if (!file) throw new Error(`The pipeline has no ${wanted}.`);
  return file.text;
}

const ENVIRONMENT = "${{ github.ref_name == 'main' && 'production' || 'staging' }}";

/** deploy.yml as it was at first: by push only, so that a dispatch on an old tag is refused. */
export const FIRST_DEPLOY_YML = `name: Deploy
run-name: Deploy \${{ github.ref_name }} to ${ENVIRONMENT}

on:
  push:
    branches: [main, develop]

jobs:
  verify:
    name: Verify
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - name: Install
        run: npm ci
      - name: Test
        run: npm test
      - name: Build
        run: npm run build

  ship:
    name: Ship
    needs: verify
    runs-on: ubuntu-latest
    environment:
      name: ${ENVIRONMENT}
      url: https://${ENVIRONMENT}.crm.example.com
    concurrency:
      group: deploy-${ENVIRONMENT}
      cancel-in-progress: false
    steps:
      - name: Upload the release
        run: ./ci/upload
      - name: Switch traffic
        run: ./ci/switch
      - name: Smoke test
        run: ./ci/smoke-test
`;

/** ci.yml: what every pull request goes through. */
export const CI_YML = `name: CI

on:
  pull_request:
    branches: [main, develop]

permissions:
  contents: read

jobs:
  lint:
    name: Lint
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - name: Lint
        run: npm run lint
  test:
    name: Test
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - name: Install
        run: npm ci
      - name: Test
        run: npm test
`;

/** The tree of the sample CRM when its history begins. */
export function firstFiles(): Map<string, string> {
  return new Map([
    ['README.md', '# CRM\n\nThe customer relations of Atelier Nord: contacts, deals, mail and reports.\n'],
    ['package.json', `${JSON.stringify({ name: 'crm', version: '1.4.0', private: true, type: 'module' }, undefined, 2)}\n`],
    ['src/server.ts', "import { createServer } from 'node:http';\n\ncreateServer((_, response) => response.end('CRM')).listen(8080);\n"],
    ['.github/workflows/ci.yml', CI_YML],
    ['.github/workflows/deploy.yml', FIRST_DEPLOY_YML],
  ]);
}

/** The median seconds of steps: a deploy takes about four minutes, and a rollback is live after about half a minute. */
export const CRM_STEP_SECONDS: Readonly<Record<string, number>> = {
  'Set up job': 2,
  'Run actions/checkout@v5': 3,
  Install: 24,
  Lint: 21,
  Test: 52,
  Build: 31,
  'Upload the release': 26,
  'Switch traffic': 8,
  'Smoke test': 22,
  'Check out': 2,
  'Check out the pipeline': 2,
  'Check out the release': 2,
  Plan: 3,
  'Tell the team': 1,
  'Test and build': 104,
  'Keep the release': 4,
  'Reserve the version': 2,
  'Fetch the release': 4,
  'Check the server': 3,
  Upload: 26,
  Publish: 34,
  'Check from outside': 7,
  'Roll back': 4,
  'Hold deploys': 2,
  'Release the hold': 2,
  'Freeze or unfreeze': 3,
  'Close the record': 2,
  'Write the report': 1,
  'Keep the report': 2,
  'Complete job': 1,
};

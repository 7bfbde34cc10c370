const ENVIRONMENT = "${{ inputs.environment || (github.ref_name == 'main' && 'production' || 'staging') }}";
const CORRELATION = "${{ inputs.correlation_id && format(' [{0}]', inputs.correlation_id) || '' }}";

const DEPLOY_JOBS = `
permissions:
  contents: read
  deployments: write

jobs:
  plan:
    name: Plan
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0
      - name: Resolve the version
        run: ./ci/resolve-version "\${{ inputs.version }}"
      - name: Check what is live
        run: ./ci/check-live "\${{ inputs.expected_current }}"

  verify:
    name: Verify
    needs: plan
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
      - name: Install
        run: npm ci
      - name: Test
        run: npm test
      - name: Build
        run: npm run build

  ship:
    name: Ship
    needs: [plan, verify]
    runs-on: ubuntu-latest
    environment:
      name: ${ENVIRONMENT}
      url: https://${ENVIRONMENT}.crm.example.com
    concurrency:
      group: deploy-${ENVIRONMENT}
      cancel-in-progress: false
    steps:
      - name: Download the build
        uses: actions/download-artifact@v5
      - name: Upload the release
        run: ./ci/upload
      - name: Migrate the database
        run: ./ci/migrate
      - name: Switch traffic
        run: ./ci/switch
      - name: Smoke test
        run: ./ci/smoke-test

  report:
    name: Report
    needs: [plan, ship]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - name: Write the summary
        run: ./ci/summary
`;

/** deploy.yml as it is today: by push, or by hand with a version. */
export const DEPLOY_YML = `name: Deploy
run-name: Deploy \${{ inputs.version || github.ref_name }} to ${ENVIRONMENT}${CORRELATION}

on:
  push:
    branches: [main, develop]
  workflow_dispatch:
    inputs:
      environment:
        description: Where to deploy
        type: choice
        options: [staging, production]
        required: true
      version:
        description: A tag, branch or commit; empty for the head of the environment's branch
        type: string
      expected_sha:
        description: The commit that the version must be
        type: string
      expected_current:
        description: The version that must be live now
        type: string
      reason:
        description: Why
        type: string
      correlation_id:
        description: Set by tools to find this run
        type: string
${DEPLOY_JOBS}`;

/** deploy.yml as it was at first: by push only, so that a dispatch on an old tag is refused. */
export const FIRST_DEPLOY_YML = `name: Deploy
run-name: Deploy \${{ github.ref_name }} to ${ENVIRONMENT}

on:
  push:
    branches: [main, develop]
${DEPLOY_JOBS}`;

/** rollback.yml: ships an older version without building it again. */
export const ROLLBACK_YML = `name: Roll back
run-name: Roll back \${{ inputs.environment }} to \${{ inputs.version }}${CORRELATION}

on:
  workflow_dispatch:
    inputs:
      environment:
        description: What to roll back
        type: choice
        options: [staging, production]
        required: true
      version:
        description: The tag or commit to go back to
        type: string
        required: true
      reason:
        description: Why
        type: string
      expected_current:
        description: The version that must be live now
        type: string
      correlation_id:
        description: Set by tools to find this run
        type: string

permissions:
  contents: read
  deployments: write

jobs:
  plan:
    name: Plan
    runs-on: ubuntu-latest
    steps:
      - name: Resolve the version
        run: ./ci/resolve-version "\${{ inputs.version }}"
      - name: Check what is live
        run: ./ci/check-live "\${{ inputs.expected_current }}"

  ship:
    name: Ship
    needs: plan
    runs-on: ubuntu-latest
    environment:
      name: \${{ inputs.environment }}
      url: https://\${{ inputs.environment }}.crm.example.com
    concurrency:
      group: deploy-\${{ inputs.environment }}
      cancel-in-progress: false
    steps:
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

/** The median seconds of the steps above: a deploy takes about four minutes, a rollback about half a minute. */
export const CRM_STEP_SECONDS: Readonly<Record<string, number>> = {
  'Set up job': 2,
  'Run actions/checkout@v5': 3,
  'Run actions/setup-node@v5': 4,
  'Resolve the version': 2,
  'Check what is live': 2,
  Install: 24,
  Lint: 21,
  Test: 52,
  Build: 31,
  'Download the build': 5,
  'Upload the release': 26,
  'Migrate the database': 19,
  'Switch traffic': 8,
  'Smoke test': 22,
  'Write the summary': 2,
  'Complete job': 1,
};

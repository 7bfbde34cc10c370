/** Deploy workflows as people write them: each with faults of its own, in a style of its own. */
export const messyWorkflows: Readonly<Record<string, string>> = {
  'deploy.yml': `name: Deploy
on:
  push:
    branches: [main]
  workflow_dispatch:
    inputs:
      version:
        description: 'What to ship'
      dry_run:
        type: boolean
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
    - run: npm ci && npm test -- --tag \${{ inputs.version }}
  deploy:
    needs: build
    runs-on: ubuntu-latest   # the big one
    environment: prodution
    steps:
    - uses: actions/checkout@v4
    - uses: appleboy/ssh-action@v1.2.0
      with:
        key: \${{ secrets.SSH_KEY }}
    - name: Trust the server
      run: ssh-keyscan -H example.com >> ~/.ssh/known_hosts
    - name: Upload
      run: |
        echo "Shipping \${{ github.event.head_commit.message }}"
        rsync -e "ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null" -az dist/ "deploy@example.com:\${{ inputs.version }}"
        # the branch is '\${{ github.ref_name }}'
        if [ '\${{ github.head_ref }}' != main ]; then echo 'on \${{ github.head_ref }} today'; fi
`,
  'release.yaml': `{name: "Deploy to prod", on: {push: {branches: [main]}}, permissions: write-all, jobs: {deploy: {runs-on: ubuntu-latest, environment: production, steps: [{uses: actions/checkout@v4}, {run: "./deploy.sh \${{ github.ref_name }}"}]}}}
`,
  'deploy-anchors.yml': `# Two servers, one recipe
name: Deploy everywhere
on: [push, workflow_dispatch]
permissions:
    contents: read
    deployments: write
concurrency: deploy
x-steps: &steps
    - uses: actions/checkout@v4
      with: {fetch-depth: 0}
    - run: ./ship "\${{ github.head_ref }}"
jobs:
    eu: &job
        runs-on: [self-hosted, linux]
        environment:
            name: production
            url: https://eu.example.com
        steps: *steps
    us:
        <<: *job
        name: Deploy US
    asia: *job
`,
  'rollback.yml': `name: Roll back

on:
  workflow_dispatch:
    inputs:
      version:
        description: Tag to go back to
        required: false
        type: string
      env: { type: choice, options: [stagging, production] }

concurrency:
  group: deploy-\${{ inputs.env }}
  cancel-in-progress: true

jobs:
  rollback:
    name: Roll back
    runs-on: ubuntu-latest
    environment: \${{ inputs.env }}
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8 # v6.0.1
        with:
          ref: \${{ inputs.version }}
      - env:
          KEY: \${{ secrets.DEPLOY_KEY }}
        run: >-
          ./rollback
          \${{ inputs.version }}
      - shell: pwsh
        run: Write-Host "Now \${{ inputs.version }}"
`,
  'ship.yml': `name: Ship
run-name: Shipping by \${{ github.actor }}
on:
  workflow_dispatch:
    inputs:
      tag: {required: true}
env:
  TOKEN: \${{ secrets.TOKEN }}
jobs:
  call:
    name: Deploy by the platform
    uses: acme/platform/.github/workflows/deploy.yml@main
    secrets: inherit
    with: {environment: production}
  windows-deploy:
    runs-on: windows-latest
    environment: {name: staging}
    concurrency: {group: staging, cancel-in-progress: false}
    timeout-minutes: 5
    steps:
      - run: .\\deploy.ps1 \${{ inputs.tag }}
      - run: 'echo "\${{ inputs.tag }}"'
      - run: "echo \\"\${{ inputs.tag }}\\""
      - run: \${{ inputs.tag }} --go
        shell: bash
`,
  'promote.yml': "name: Promote\r\non:\r\n  workflow_dispatch:\r\n    inputs:\r\n      sha:\r\n        required: true\r\njobs:\r\n  promote:\r\n    runs-on: ubuntu-latest\r\n    environment: production\r\n    concurrency:\r\n      group: production\r\n    steps:\r\n      - name: Promote\r\n        run: |\r\n          ./promote ${{ inputs.sha }}\r\n          ./tell \"${{ inputs.sha }}\"\r\n",
};

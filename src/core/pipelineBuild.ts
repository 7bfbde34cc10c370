import type { PackageManager } from './pipelineAnswers.ts';

/** `.deploy/build` for a package manager; npm's is the template itself. */
export function buildScript(packageManager: PackageManager, npm: string): string {
  switch (packageManager) {
    case 'npm':
      return npm;
    case 'pnpm':
      return script('pnpm', [
        '# pnpm in the version that package.json names under "packageManager", or the newest.',
        'corepack enable',
        'pnpm install --frozen-lockfile',
        'pnpm run --if-present test',
        'pnpm run --if-present build',
        '',
        '# A site that is built leaves dist; anything else ships as it stands, and the server installs from the lock file.',
        'if [[ -d dist ]]; then cp -R dist/. "$out"; else git archive HEAD | tar -x -C "$out"; fi',
      ]);
    case 'composer':
      return script('composer', [
        'composer install --no-interaction --no-progress --prefer-dist',
        '# The tests of "scripts" in composer.json, where there are any.',
        "if jq -e '.scripts.test' composer.json >/dev/null; then composer run-script test; fi",
        '',
        '# vendor/ stays here: the server installs it from composer.lock, without the tools of development.',
        'git archive HEAD | tar -x -C "$out"',
      ]);
    case 'none':
      return script('no package manager', ['# Everything that git knows of ships as it stands.', 'git archive HEAD | tar -x -C "$out"']);
  }
}

function script(name: string, lines: readonly string[]): string {
  const head = [
    '#!/usr/bin/env bash',
    `# Builds a release with ${name}; it is yours to change. It runs in the checked-out release and leaves in the folder OUT what shall`,
    '# be on the server. A failure stops the deploy. No secrets are here, and no server is near.',
    'set -euo pipefail',
    'out=$1',
    'mkdir -p "$out"',
    '',
  ];
  return `${[...head, ...lines].join('\n')}\n`;
}

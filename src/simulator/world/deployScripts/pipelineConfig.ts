import type { Run } from '../model.ts';

/** An environment as `.deploy/config` names it. */
export interface ConfiguredEnvironment {
  readonly name: string;
  readonly branch: string;
  readonly isProduction: boolean;
}

/** The environments of `.deploy/config` in the commit that a run runs on. */
export function configuredEnvironments({ repository, sha }: Run): readonly ConfiguredEnvironment[] {
  const text = repository.commits.get(sha)?.files.get('.deploy/config') ?? '';
  return text.split('\n').flatMap((line) => {
    const [word, name, branch, kind] = line.trim().split(/\s+/);
    return word === 'environment' && name !== undefined && branch !== undefined ? [{ name, branch, isProduction: kind === 'production' }] : [];
  });
}

/** True for an environment that takes only what is on its branch, and gets version tags. */
export function isProduction(run: Run, environment: string): boolean {
  return configuredEnvironments(run).some((one) => one.name === environment && one.isProduction);
}

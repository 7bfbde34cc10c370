import type { DeployTarget } from '../core/deployTarget.ts';
import type { EnvironmentSettings, SecretName } from '../core/gitHubSetup.ts';
import type { Instant } from '../core/instant.ts';
import { repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import type { Text } from '../core/text.ts';
import { troubleOf, type Read } from './setupCheck.ts';

/** What GitHub says of a repository's settings; each answer stands for itself. */
export interface SettingsFacts {
  readonly repository: RepositoryId;
  /** Server time. */
  readonly now: Instant;
  readonly targets: readonly DeployTarget[];
  /** Every environment that a workflow of the default branch can name, in lower case; `isSure` is false where one takes any name. */
  readonly named: Read<{ readonly names: readonly string[]; readonly isSure: boolean }>;
  readonly environments: Read<readonly EnvironmentSettings[]>;
  /** Environments that were deployed to at least once, in lower case. */
  readonly deployedTo: Read<readonly string[]>;
  readonly hasProtectedBranches: Read<boolean>;
  readonly repositorySecrets: Read<readonly SecretName[]>;
  /** Those of the organization that this repository gets; none where a person owns it. */
  readonly organizationSecrets: Read<readonly SecretName[]>;
  readonly environmentSecrets: ReadonlyMap<string, Read<readonly SecretName[]>>;
}

/** What stood between us and GitHub when the settings were read. */
export function troubleOfSettings({ named, environments, deployedTo, hasProtectedBranches, repositorySecrets, organizationSecrets, environmentSecrets }: SettingsFacts): Text | undefined {
  return troubleOf([environments, named, deployedTo, hasProtectedBranches, repositorySecrets, organizationSecrets, ...environmentSecrets.values()]);
}

export function keyOf({ repository }: SettingsFacts): string {
  return repositoryKey(repository);
}

import type { SecretName, SettingPlace, Variable } from '../core/gitHubSetup.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { malformedAnswer, refusal } from './errors.ts';
import type { Paging } from './paging.ts';
import { repositoryPath } from './repositoryPath.ts';
import { toPublicKey, toSecrets, toVariables } from './setupMapper.ts';
import { attempt, write } from './setupWrite.ts';
import type { Wire } from './wire.ts';

/** Variables come thirty a page at most. */
const variablesPage = { per_page: 30 };

export function readSecrets(paging: Paging, repository: RepositoryId, place: SettingPlace, signal?: AbortSignal): Promise<readonly SecretName[]> {
  const path = repositoryPath(repository);
  if (place === 'repository') return paging.all('GET /repos/{owner}/{repo}/actions/secrets', path, toSecrets, 10, { signal });
  if (place === 'organization') return paging.all('GET /repos/{owner}/{repo}/actions/organization-secrets', path, toSecrets, 10, { signal });
  const parameters = { ...path, environment_name: place.environment };
  return paging.all('GET /repos/{owner}/{repo}/environments/{environment_name}/secrets', parameters, toSecrets, 10, { signal });
}

export function readVariables(paging: Paging, repository: RepositoryId, place: SettingPlace, signal?: AbortSignal): Promise<readonly Variable[]> {
  const path = { ...repositoryPath(repository), ...variablesPage };
  if (place === 'repository') return paging.all('GET /repos/{owner}/{repo}/actions/variables', path, toVariables, 10, { signal });
  if (place === 'organization') return paging.all('GET /repos/{owner}/{repo}/actions/organization-variables', path, toVariables, 10, { signal });
  const parameters = { ...path, environment_name: place.environment };
  return paging.all('GET /repos/{owner}/{repo}/environments/{environment_name}/variables', parameters, toVariables, 10, { signal });
}

/** Seals the value for the environment's key before anything of it leaves; what seals is loaded only now. */
export async function putSecret(wire: Wire, repository: RepositoryId, environment: string, name: string, value: string): Promise<void> {
  const named = { ...repositoryPath(repository), environment_name: environment };
  const { keyId, key } = await wire.get('GET /repos/{owner}/{repo}/environments/{environment_name}/secrets/public-key', named, toPublicKey);
  const sealed = await sealFor(wire, key, value);
  await write(wire, 'PUT /repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}', {
    ...named, secret_name: name, encrypted_value: sealed, key_id: keyId,
  });
}

async function sealFor(wire: Wire, key: string, value: string): Promise<string> {
  const { seal } = await import('./sealedBox.ts');
  try {
    return seal(value, key);
  } catch (cause) {
    throw malformedAnswer(wire.host.authority, 'the public key of the environment cannot be used', cause);
  }
}

/** Changes the variable, or creates it where there is none. Names ignore case and are kept in capitals. */
export async function putVariable(
  wire: Wire, paging: Paging, repository: RepositoryId, environment: string, name: string, value: string,
): Promise<void> {
  const known = (await readVariables(paging, repository, { environment })).find((one) => one.name === name.toUpperCase());
  if (known?.value === value) return;
  const named = { ...repositoryPath(repository), environment_name: environment };
  const change = { ...named, name: name.toUpperCase(), value };
  if (!known) {
    const answer = await attempt(wire, 'POST /repos/{owner}/{repo}/environments/{environment_name}/variables', change);
    if (answer.status < 300) return;
    // 409: somebody created it in between.
    if (answer.status !== 409) throw refusal(answer, wire.host.authority, true);
  }
  await write(wire, 'PATCH /repos/{owner}/{repo}/environments/{environment_name}/variables/{name}', change);
}

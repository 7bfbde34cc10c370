import { empty, json, type SimResponse } from '../http.ts';
import { iso } from '../wire/urls.ts';
import { environmentKey } from '../world/environmentKey.ts';
import { isGranted } from '../world/tokens.ts';
import type { Environment, Written } from '../world/model.ts';
import type { RepositoryRoutes } from './routes.ts';
import { environmentOf } from './environmentRoutes.ts';
import { mayAdminister, notForFineGrained, notForIntegrations, notFound, param, Refusal, unprocessable, type Permission, type RepositoryCall } from './call.ts';
import { countedAnswer, pageOf } from './paging.ts';
import { includesRole } from '../wire/repositoryWire.ts';

/** A sealed box is this much longer than what it holds: a public key and an authenticator. */
const SEAL_BYTES = 48;

/** Names of secrets and values of variables; of secrets only the sealed form is kept. Pages of variables hold 30 at most. */
export const secretRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/actions/secrets': (call) => secrets(call, 'secrets=read', call.repository.secrets),
  'GET /repos/{owner}/{repo}/actions/organization-secrets': (call) => secrets(call, 'secrets=read', call.repository.organizationSecrets),
  'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets': (call) => {
    const { secrets: names, written } = environmentOf(call);
    return secrets(call, 'environments=read', names, written);
  },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets/public-key': publicKey,
  'PUT /repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}': putSecret,
  'POST /repos/{owner}/{repo}/environments/{environment_name}/variables': createVariable,
  'PATCH /repos/{owner}/{repo}/environments/{environment_name}/variables/{name}': changeVariable,
  'GET /repos/{owner}/{repo}/actions/variables': (call) => variables(call, 'variables=read', call.repository.variables),
  'GET /repos/{owner}/{repo}/actions/organization-variables': (call) => variables(call, 'variables=read', {}),
  'GET /repos/{owner}/{repo}/environments/{environment_name}/variables': (call) => {
    const { variables: values, written } = environmentOf(call);
    return variables(call, 'environments=read', values, written);
  },
};

function secrets(call: RepositoryCall, permission: Permission, names: readonly string[], written?: Environment['written']): SimResponse {
  mayList(call, permission);
  return countedAnswer('secrets', pageOf(call, names), (name) => ({ name, ...ages(call, written?.get(name)) }));
}

function variables(
  call: RepositoryCall, permission: Permission, values: Readonly<Record<string, string>>, written?: Environment['written'],
): SimResponse {
  mayList(call, permission);
  return countedAnswer('variables', pageOf(call, Object.entries(values), { perPage: 10, max: 30 }), ([name, value]) =>
    ({ name, value, ...ages(call, written?.get(name)) }));
}

function mayList({ token, role }: RepositoryCall, permission: Permission): void {
  if (token.kind === 'integration') throw notForIntegrations(permission);
  if (token.kind === 'fineGrained' && !isGranted(token, permission)) throw notForFineGrained(permission);
  if (!includesRole(role, 'write')) throw new Refusal(403, 'You must have repository read permissions or have the repository secrets fine-grained permission.');
}

function ages({ repository }: RepositoryCall, written: Written | undefined): { created_at: string; updated_at: string } {
  return { created_at: iso(written?.createdAt ?? repository.createdAt), updated_at: iso(written?.updatedAt ?? repository.createdAt) };
}

/** Who seals a secret needs the environment's key; GitHub gives it to those who may write the secret. */
function publicKey(call: RepositoryCall): SimResponse {
  mayAdminister(call, 'environments=read');
  const { keyId, publicKey: key } = environmentKey(environmentOf(call));
  return json({ key_id: keyId, key });
}

function putSecret(call: RepositoryCall): SimResponse {
  mayAdminister(call, 'environments=write');
  const environment = environmentOf(call);
  const name = settingName(param(call, 'secret_name'));
  const { encrypted_value: sealed, key_id: keyId } = call.body;
  if (keyId !== environmentKey(environment).keyId) throw unprocessable('The public key used to encrypt the secret is not valid or has been rotated.');
  if (typeof sealed !== 'string' || Buffer.from(sealed, 'base64').length < SEAL_BYTES) throw unprocessable('Failed to decrypt the secret value.');
  const isNew = !environment.secrets.includes(name);
  if (isNew) environment.secrets.push(name);
  write(call, environment, name, sealed);
  return isNew ? json({}, 201) : empty();
}

function createVariable(call: RepositoryCall): SimResponse {
  mayAdminister(call, 'environments=write');
  const environment = environmentOf(call);
  const { name: given, value } = call.body;
  if (typeof given !== 'string' || typeof value !== 'string') throw unprocessable('Invalid request.\n\n"name" and "value" are required.');
  const name = settingName(given);
  if (name in environment.variables) throw new Refusal(409, 'Already exists - Variable already exists');
  environment.variables[name] = value;
  write(call, environment, name);
  return json({}, 201);
}

function changeVariable(call: RepositoryCall): SimResponse {
  mayAdminister(call, 'environments=write');
  const environment = environmentOf(call);
  const name = settingName(param(call, 'name'));
  if (!(name in environment.variables)) throw notFound();
  if (typeof call.body['value'] === 'string') environment.variables[name] = call.body['value'];
  write(call, environment, name);
  return empty();
}

function write({ world }: RepositoryCall, { written }: Environment, name: string, sealed?: string): void {
  written.set(name, { createdAt: written.get(name)?.createdAt ?? world.now, updatedAt: world.now, ...(sealed === undefined ? {} : { sealed }) });
}

/** Names are kept in capitals. */
function settingName(given: string): string {
  if (!/^[A-Z_][A-Z0-9_]*$/i.test(given) || /^GITHUB_/i.test(given)) {
    throw unprocessable('Names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_), and must not start with a number or GITHUB_.');
  }
  return given.toUpperCase();
}

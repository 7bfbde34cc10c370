import { iso } from '../wire/urls.ts';
import type { RepositoryRoutes } from './routes.ts';
import { environmentOf } from './environmentRoutes.ts';
import { notForFineGrained, notForIntegrations, Refusal, type Permission, type RepositoryCall } from './call.ts';
import { countedAnswer, pageOf } from './paging.ts';
import { includesRole } from '../wire/repositoryWire.ts';

/** Names of secrets and values of variables; secrets' values exist nowhere. Pages of variables hold 30 at most. */
export const secretRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/actions/secrets': (call) => secrets(call, 'secrets=read', call.repository.secrets),
  'GET /repos/{owner}/{repo}/actions/organization-secrets': (call) => secrets(call, 'secrets=read', call.repository.organizationSecrets),
  'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets': (call) => secrets(call, 'environments=read', environmentOf(call).secrets),
  'GET /repos/{owner}/{repo}/actions/variables': (call) => variables(call, 'variables=read', call.repository.variables),
  'GET /repos/{owner}/{repo}/actions/organization-variables': (call) => variables(call, 'variables=read', {}),
  'GET /repos/{owner}/{repo}/environments/{environment_name}/variables': (call) => variables(call, 'environments=read', environmentOf(call).variables),
};

function secrets(call: RepositoryCall, permission: Permission, names: readonly string[]): ReturnType<typeof countedAnswer> {
  mayList(call, permission);
  return countedAnswer('secrets', pageOf(call, names), (name) => ({ name, ...ages(call) }));
}

function variables(
  call: RepositoryCall, permission: Permission, values: Readonly<Record<string, string>>,
): ReturnType<typeof countedAnswer> {
  mayList(call, permission);
  return countedAnswer('variables', pageOf(call, Object.entries(values), { perPage: 10, max: 30 }), ([name, value]) =>
    ({ name, value, ...ages(call) }));
}

function mayList({ token, role }: RepositoryCall, permission: Permission): void {
  if (token.kind === 'integration') throw notForIntegrations(permission);
  if (token.kind === 'fineGrained') throw notForFineGrained(permission);
  if (!includesRole(role, 'write')) throw new Refusal(403, 'You must have repository read permissions or have the repository secrets fine-grained permission.');
}

function ages({ repository }: RepositoryCall): { created_at: string; updated_at: string } {
  return { created_at: iso(repository.createdAt), updated_at: iso(repository.createdAt) };
}

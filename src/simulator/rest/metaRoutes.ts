import { json } from '../http.ts';
import { fullRepository, includesRole, permissionsOf } from '../wire/repositoryWire.ts';
import { publicUser, simpleUser, teamWire } from '../wire/accountWire.ts';
import { isGranted } from '../world/tokens.ts';
import { found, notForFineGrained, notFound, notForIntegrations, param, Refusal } from './call.ts';
import { arrayAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes, Routes } from './routes.ts';

/** Who am I, what may I still ask for, which versions exist. Asking for the limits is free. */
export const metaRoutes: Routes = {
  'GET /user': ({ world, urls, login, token }) => {
    if (token.kind === 'integration') throw notForIntegrations('metadata=read');
    return json(publicUser(urls, world.account(login)));
  },
  'GET /rate_limit': ({ world, login, budgets, apiVersion }) => {
    if (!world.server.hasRateLimits) throw new Refusal(404, 'Rate limiting is not enabled.');
    const core = budgets.state(login, 'core');
    const resources = { core, graphql: budgets.state(login, 'graphql'), search: budgets.state(login, 'search') };
    return json(apiVersion >= '2026-03-10' ? { resources } : { resources, rate: core });
  },
  'GET /versions': ({ world }) => {
    if (world.server.enterpriseVersion !== undefined) throw notFound();
    return json([...world.server.apiVersions]);
  },
  'GET /meta': ({ world }) => json({
    verifiable_password_authentication: false,
    ...(world.server.enterpriseVersion === undefined ? {} : { installed_version: world.server.enterpriseVersion }),
  }),
};

/** The repository itself and what somebody may do in it. */
export const repositoryRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}': ({ world, urls, repository, role, apiVersion }) =>
    json(fullRepository(world, urls, repository, role, apiVersion)),
  'GET /repos/{owner}/{repo}/assignees': (call) => {
    const { world, urls, repository } = call;
    const logins = [...repository.collaborators].filter(([, role]) => includesRole(role, 'triage')).map(([login]) => login);
    return arrayAnswer(pageOf(call, logins), (login) => simpleUser(urls, world.account(login)));
  },
  'GET /repos/{owner}/{repo}/teams': (call) => {
    const { world, urls, repository, token } = call;
    if (token.kind === 'fineGrained' && !isGranted(token, 'administration=read')) throw notForFineGrained('administration=read');
    return arrayAnswer(pageOf(call, world.teams.filter(({ organization }) => organization === repository.owner)), (team) => teamWire(urls, team));
  },
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': (call) => {
    const { world, urls, repository } = call;
    const account = found(world.accounts.get(param(call, 'username').toLowerCase()));
    const role = repository.collaborators.get(account.login);
    const permission = role === undefined ? 'none' : role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
    return json({ permission, role_name: role ?? '', user: {
      ...simpleUser(urls, account), permissions: permissionsOf(role ?? 'read'), role_name: role ?? '',
    } });
  },
};

import { json, type SimResponse } from '../http.ts';
import { environmentWire } from '../wire/environmentWire.ts';
import { environmentNamed, UNPROTECTED } from '../world/deployments.ts';
import type { Protection } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { mayAdminister, notFound, param, Refusal, unprocessable, type RepositoryCall } from './call.ts';
import { environmentOf } from './environmentRoutes.ts';
import type { RepositoryRoutes } from './routes.ts';

/** Environments made and guarded. What a PUT leaves out is taken away, the harsher of the two ways in which GitHub can be read. */
export const environmentWriteRoutes: RepositoryRoutes = {
  'PUT /repos/{owner}/{repo}/environments/{environment_name}': put,
  'POST /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies': allow,
};

function put(call: RepositoryCall): SimResponse {
  mayAdminister(call, 'administration=write');
  const { world, urls, repository, body } = call;
  const reviewers = reviewersIn(call, body['reviewers']);
  const waitMinutes = Number(body['wait_timer'] ?? 0);
  const preventSelfReview = body['prevent_self_review'] === true;
  // GitHub's words, as quoted in backstage/backstage#28977 and github-community-projects/safe-settings#628.
  // By alchemy-run/alchemy#1373 it refuses the fields as such, empty or not.
  const gated = ['reviewers', 'wait_timer', 'prevent_self_review'].filter((field) => field in body);
  if (repository.private && repository.plan !== 'enterprise' && gated.length > 0) {
    const rule = gated.includes('wait_timer') && reviewers.length === 0 ? 'wait timer' : 'required reviewers';
    throw unprocessable(`Failed to create the environment protection rule. Please ensure the billing plan supports the ${rule} protection rule.`);
  }
  if (preventSelfReview && reviewers.length === 0) {
    throw unprocessable('Failed to create or update the environment protection rule. Required reviewers must have at least one reviewer to set prevent_self_review.');
  }
  if (repository.archived) throw new Refusal(403, 'Repository was archived so is read-only.');
  const name = param(call, 'environment_name');
  if (name.length > 255) throw unprocessable('Name is too long (maximum is 255 characters)');
  const policy = policyIn(call, body['deployment_branch_policy'], repository.environments.find((one) => one.name.toLowerCase() === name.toLowerCase())?.protection.policy);
  const environment = environmentNamed(world, repository, name);
  environment.protection = { ...UNPROTECTED, reviewers, preventSelfReview, waitMinutes, policy };
  return json(environmentWire(world, urls, repository, environment));
}

function reviewersIn({ world, repository }: RepositoryCall, given: unknown): Protection['reviewers'] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || given.length > 6) throw unprocessable('Invalid request.\n\nNo more than 6 items are allowed.');
  return given.map((one: { type?: unknown; id?: unknown }) => {
    const team = one.type === 'Team' ? world.teams.find(({ id }) => id === one.id) : undefined;
    const user = one.type === 'User' ? [...world.accounts.values()].find(({ id }) => id === one.id) : undefined;
    if (team) return { type: 'Team' as const, name: team.slug };
    if (!user || !repository.collaborators.has(user.login)) throw unprocessable(`Could not resolve to a reviewer with the id '${String(one.id)}'.`);
    return { type: 'User' as const, name: user.login };
  });
}

function policyIn({ repository }: RepositoryCall, given: unknown, before: Protection['policy'] | undefined): Protection['policy'] {
  if (given === undefined || given === null) return 'any';
  const { protected_branches: isProtected, custom_branch_policies: isCustom } = given as Readonly<Record<string, unknown>>;
  if (isProtected === isCustom) throw unprocessable('protected_branches and custom_branch_policies cannot have the same value');
  if (repository.private && repository.plan === 'free') throw unprocessable('Failed to create the environment protection rule. Please ensure the billing plan supports the branch policy protection rule.');
  if (isProtected === true) return 'protected';
  return typeof before === 'object' ? before : { branches: [], tags: [] };
}

function allow(call: RepositoryCall): SimResponse {
  mayAdminister(call, 'administration=write');
  const environment = environmentOf(call);
  const { policy } = environment.protection;
  const { name, type = 'branch' } = call.body;
  if (typeof policy !== 'object') throw notFound();
  if (typeof name !== 'string' || name === '') throw unprocessable('Invalid request.\n\n"name" wasn\'t supplied.');
  const list = type === 'tag' ? 'tags' : 'branches';
  const exists = policy[list].includes(name);
  if (!exists) environment.protection = { ...environment.protection, policy: { ...policy, [list]: [...policy[list], name] } };
  return exists ? json({ message: 'See Other' }, 303) : json({
    id: environment.id * 10 + policy.branches.length + policy.tags.length,
    node_id: nodeId('Gate', call.repository.id, `${environment.id}.policy.${name}`),
    name,
    type,
  });
}

import { json } from '../http.ts';
import { environmentWire } from '../wire/environmentWire.ts';
import type { Environment } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { found, param, type RepositoryCall } from './call.ts';
import { completeAnswer, countedAnswer, pageOf } from './paging.ts';
import type { RepositoryRoutes } from './routes.ts';

/** Environments and who may deploy to them. */
export const environmentRoutes: RepositoryRoutes = {
  'GET /repos/{owner}/{repo}/environments': (call) =>
    countedAnswer('environments', pageOf(call, call.repository.environments), (one) =>
      environmentWire(call.world, call.urls, call.repository, one)),
  'GET /repos/{owner}/{repo}/environments/{environment_name}': (call) =>
    json(environmentWire(call.world, call.urls, call.repository, environmentOf(call))),
  'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies': (call) => {
    const { id, protection } = environmentOf(call);
    const policies = typeof protection.policy === 'object'
      ? [
          ...protection.policy.branches.map((name) => ({ name, type: 'branch' })),
          ...protection.policy.tags.map((name) => ({ name, type: 'tag' })),
        ]
      : [];
    return completeAnswer('branch_policies', policies, (policy) => ({
      id: id * 10 + policies.indexOf(policy),
      node_id: nodeId('Gate', call.repository.id, `${id}.policy.${policy.name}`),
      ...policy,
    }));
  },
  'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules': (call) => {
    environmentOf(call);
    return completeAnswer('custom_deployment_protection_rules', [], (none) => none);
  },
};

/** The environment the route names, in any case. */
export function environmentOf(call: RepositoryCall): Environment {
  const name = param(call, 'environment_name').toLowerCase();
  return found(call.repository.environments.find((one) => one.name.toLowerCase() === name));
}

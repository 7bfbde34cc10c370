import { randomUUID } from 'node:crypto';
import type { DeployRequest } from '../../src/core/deployRequest.ts';
import type { RepositorySession } from '../../src/app/repositorySession.ts';
import { aRequest } from '../../test/support/build.ts';

/** A deploy of the default branch's head, as the scenarios' workflows take it. */
export function deployRequest({ repository, store, github }: RepositorySession, environment: string): DeployRequest {
  const target = store.state.environments.find((one) => one.target.environment === environment)?.target;
  const workflow = target?.deploy?.file.path;
  if (workflow === undefined) throw new Error(`Nothing deploys to ${environment}.`);
  const correlationId = randomUUID();
  const ref = target?.branch ?? 'main';
  const sha = store.state.facts?.branches.find(({ name }) => name === ref)?.sha;
  if (sha === undefined) throw new Error(`The head of ${ref} is not known.`);
  return aRequest({
    correlationId, repository, environment, workflow, ref, isProduction: false, requestedAt: github.serverNow(),
    version: { label: ref, kind: 'branch', ref, sha },
    inputs: { environment, ...(target?.deploy?.inputs.correlationId ? { [target.deploy.inputs.correlationId]: correlationId } : {}) },
  });
}

import { randomUUID } from 'node:crypto';
import type { DeployRequest } from '../../src/core/deployRequest.ts';
import type { RepositorySession } from '../../src/app/repositorySession.ts';
import { aRequest } from '../../test/support/build.ts';

/** A deploy of the head of the environment's branch, as the scenarios' workflows take it. */
export function deployRequest({ repository, store, github }: RepositorySession, environment: string): DeployRequest {
  const target = store.state.environments.find((one) => one.target.environment === environment)?.target;
  if (!target?.deploy) throw new Error(`Nothing deploys to ${environment}.`);
  const { file, inputs: named, branch: ref } = target.deploy;
  const correlationId = randomUUID();
  const sha = store.state.facts?.branches.find(({ name }) => name === target.branch)?.sha;
  if (sha === undefined) throw new Error(`The head of ${target.branch} is not known.`);
  return aRequest({
    correlationId, repository, environment, workflow: file.path, ref, isProduction: false, requestedAt: github.serverNow(),
    version: { label: target.branch, kind: 'branch', ref: target.branch, sha },
    inputs: {
      environment,
      ...(named.version ? { [named.version]: target.branch } : {}),
      ...(named.correlationId ? { [named.correlationId]: correlationId } : {}),
    },
  });
}

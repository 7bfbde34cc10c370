import { actorNode } from './actorNodes.ts';
import { branchNode, commitNode, tagNode } from './commitNodes.ts';
import { deploymentNode, environmentNode } from './deploymentNodes.ts';
import type { GraphNodes } from './graph.ts';
import { releaseNode } from './releaseNode.ts';
import { repositoryNode } from './repositoryNode.ts';
import { checkRunNode, runNode } from './runNodes.ts';

/** How each kind of thing becomes a node. */
export const nodes: GraphNodes = {
  actor: actorNode,
  branch: branchNode,
  checkRun: checkRunNode,
  commit: commitNode,
  deployment: deploymentNode,
  environment: environmentNode,
  release: releaseNode,
  repository: repositoryNode,
  run: runNode,
  tag: tagNode,
};

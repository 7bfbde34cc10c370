import type { Urls } from '../wire/urls.ts';
import type { Account, Commit, Deployment, Environment, Job, Release, Repository, Run, Tag } from '../world/model.ts';
import type { Token } from '../world/tokens.ts';
import type { World } from '../world/world.ts';

/** Arguments of a field, variables filled in. */
export type Args = Readonly<Record<string, unknown>>;

/** An object of the graph. */
export interface GraphNode {
  readonly __typename: string;
  /** By name: the value, or a function of the arguments that finds it when somebody asks. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One request's view of the graph; `nodes` lets the kinds of node refer to each other. */
export interface Graph {
  readonly world: World;
  readonly urls: Urls;
  readonly token: Token;
  readonly nodes: GraphNodes;
}

/** How things of the world become nodes. */
export interface GraphNodes {
  actor(graph: Graph, account: Account): GraphNode;
  commit(graph: Graph, repository: Repository, commit: Commit): GraphNode;
  branch(graph: Graph, repository: Repository, name: string): GraphNode | null;
  tag(graph: Graph, repository: Repository, tag: Tag): GraphNode;
  checkRun(graph: Graph, job: Job): GraphNode;
  deployment(graph: Graph, repository: Repository, deployment: Deployment): GraphNode;
  environment(graph: Graph, repository: Repository, environment: Environment): GraphNode;
  release(graph: Graph, repository: Repository, release: Release): GraphNode;
  repository(graph: Graph, repository: Repository): GraphNode;
  run(graph: Graph, run: Run): GraphNode;
}

/** A field that could not be answered: it becomes null and the error says why. */
export class GraphError extends Error {
  readonly type: string;
  /** Whether the field must not be null, so that the object around it becomes null instead. */
  readonly isRequired: boolean;

  constructor(type: string, message: string, isRequired = false) {
    super(message);
    this.name = 'GraphError';
    this.type = type;
    this.isRequired = isRequired;
  }
}

/** A request that is wrong as a whole: nothing of it is answered. */
export class GraphRefusal extends Error {
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(message: string, extensions: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = 'GraphRefusal';
    this.extensions = extensions;
  }
}

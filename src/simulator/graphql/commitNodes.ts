import { childrenOf } from '../rest/contentRoutes.ts';
import { personName } from '../wire/commitWire.ts';
import { iso, repositoryPage } from '../wire/urls.ts';
import { blobSha, foldersOf } from '../world/gitObjects.ts';
import { ancestry, compareCommits, resolveRef } from '../world/history.ts';
import type { Commit, Repository, Tag } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { latestAttempt } from '../world/runs.ts';
import { connection } from './connection.ts';
import { GraphError, type Args, type Graph, type GraphNode } from './graph.ts';

/** A `Commit`. */
export function commitNode(graph: Graph, repository: Repository, commit: Commit): GraphNode {
  const [headline = '', ...body] = commit.message.split('\n');
  const actor = (): GraphNode => gitActorNode(graph, commit.author, commit.at);
  const page = `${repositoryPage(graph.urls, repository)}/commit/${commit.sha}`;
  return {
    __typename: 'Commit',
    fields: {
      ...objectFields('Commit', repository, commit.sha, page),
      repository: () => graph.nodes.repository(graph, repository),
      url: page,
      message: commit.message,
      messageHeadline: headline,
      messageBody: body.join('\n').trim(),
      committedDate: iso(commit.at),
      authoredDate: iso(commit.at),
      author: actor,
      committer: actor,
      additions: commit.changes.reduce((sum, change) => sum + change.additions, 0),
      deletions: commit.changes.reduce((sum, change) => sum + change.deletions, 0),
      tree: () => treeNode(graph, repository, commit, ''),
      file: ({ path }: Args) => fileEntry(graph, repository, commit, String(path)),
      parents: (args: Args) => connection('CommitConnection', parentsOf(repository, commit), args, (one) => commitNode(graph, repository, one)),
      history: (args: Args) => connection('CommitHistoryConnection', historyOf(repository, commit, args), args, (one) => commitNode(graph, repository, one)),
      associatedPullRequests: (args: Args) => connection('PullRequestConnection', commit.pullRequest ? [commit.pullRequest] : [], args, ({ number, title }) => ({
        __typename: 'PullRequest',
        fields: {
          id: nodeId('PullRequest', repository.id, number), number, title, state: 'MERGED',
          url: `${repositoryPage(graph.urls, repository)}/pull/${number}`,
          author: () => graph.nodes.actor(graph, graph.world.account(commit.author)),
        },
      })),
      statusCheckRollup: () => rollupNode(graph, repository, commit),
    },
  };
}

/** A `Ref` to a branch, or null when there is none. */
export function branchNode(graph: Graph, repository: Repository, name: string): GraphNode | null {
  const commit = repository.commits.get(repository.branches.get(name) ?? '');
  return commit ? refNode(graph, repository, 'refs/heads/', name, commit, () => commitNode(graph, repository, commit)) : null;
}

/** A `Ref` to a tag; an annotated tag has a `Tag` object between itself and the commit. */
export function tagNode(graph: Graph, repository: Repository, tag: Tag): GraphNode {
  const commit = repository.commits.get(tag.commit) as Commit;
  return refNode(graph, repository, 'refs/tags/', tag.name, commit, () => taggedNode(graph, repository, tag, commit));
}

function taggedNode(graph: Graph, repository: Repository, tag: Tag, commit: Commit): GraphNode {
  const { annotation } = tag;
  if (annotation === undefined) return commitNode(graph, repository, commit);
  return {
    __typename: 'Tag',
    fields: {
      ...objectFields('Tag', repository, annotation.sha, `${repositoryPage(graph.urls, repository)}/releases/tag/${tag.name}`),
      name: tag.name,
      message: annotation.message,
      tagger: () => gitActorNode(graph, annotation.tagger, annotation.at),
      target: () => commitNode(graph, repository, commit),
    },
  };
}

/** What `object(expression:)` names: a commit, an annotated tag's own object, or `ref:path` for a folder or file. */
export function objectNode(graph: Graph, repository: Repository, expression: string): GraphNode | null {
  const [ref = '', path] = expression.split(/:(.*)/s);
  const commit = resolveRef(repository, ref);
  if (!commit) return null;
  const short = ref.replace(/^(refs\/)?tags\//, '');
  const tag = repository.branches.has(ref) ? undefined : repository.tags.get(short);
  if (path === undefined) return tag ? taggedNode(graph, repository, tag, commit) : commitNode(graph, repository, commit);
  const clean = path.replace(/^\/+|\/+$/g, '');
  const content = commit.files.get(clean);
  if (content !== undefined) return blobNode(graph, repository, content);
  return clean === '' || childrenOf(commit.files, clean).length > 0 ? treeNode(graph, repository, commit, clean) : null;
}

function refNode(
  graph: Graph, repository: Repository, prefix: string, name: string, commit: Commit, target: () => GraphNode,
): GraphNode {
  const contexts = prefix === 'refs/heads/' ? repository.requiredChecks.get(name) : undefined;
  return {
    __typename: 'Ref',
    fields: {
      id: nodeId('Ref', repository.id, prefix + name),
      name,
      prefix,
      repository: () => graph.nodes.repository(graph, repository),
      target,
      refUpdateRule: contexts === undefined ? null : {
        __typename: 'RefUpdateRule', fields: { pattern: name, requiredStatusCheckContexts: contexts, viewerCanPush: true },
      },
      compare: ({ headRef }: Args) => comparisonNode(graph, repository, commit, String(headRef)),
    },
  };
}

function comparisonNode(graph: Graph, repository: Repository, base: Commit, headRef: string): GraphNode | null {
  const head = resolveRef(repository, headRef);
  if (!head) throw new GraphError('NOT_FOUND', `Could not resolve to a Ref with the name '${headRef}'.`);
  const comparison = compareCommits(repository, base, head);
  if (!comparison) return null;
  const { status, ahead, behindBy } = comparison;
  return {
    __typename: 'Comparison',
    fields: {
      id: nodeId('Ref', repository.id, `compare ${base.sha} ${head.sha}`),
      aheadBy: ahead.length,
      behindBy,
      status: status.toUpperCase(),
      baseTarget: () => commitNode(graph, repository, base),
      headTarget: () => commitNode(graph, repository, head),
      commits: (args: Args) => connection('ComparisonCommitConnection', ahead, args, (one) => commitNode(graph, repository, one)),
    },
  };
}

function treeNode(graph: Graph, repository: Repository, commit: Commit, path: string): GraphNode {
  const page = `${repositoryPage(graph.urls, repository)}/tree/${commit.sha}/${path}`;
  return {
    __typename: 'Tree',
    fields: {
      ...objectFields('Tree', repository, foldersOf(commit).get(path)?.sha ?? '', page),
      entries: () => childrenOf(commit.files, path).map((child) => treeEntry(graph, repository, commit, child)),
    },
  };
}

/** One line of a folder: a file, or a folder without `content`. */
function treeEntry(graph: Graph, repository: Repository, commit: Commit, { name, path: child, content }: ReturnType<typeof childrenOf>[number]): GraphNode {
  return {
    __typename: 'TreeEntry',
    fields: {
      name,
      path: child,
      type: content === undefined ? 'tree' : 'blob',
      mode: content === undefined ? 16_384 : commit.executables?.has(child) === true ? 33_261 : 33_188,
      size: content === undefined ? 0 : new TextEncoder().encode(content).length,
      oid: content === undefined ? (foldersOf(commit).get(child)?.sha ?? '') : blobSha(content),
      object: () => (content === undefined ? treeNode(graph, repository, commit, child) : blobNode(graph, repository, content)),
    },
  };
}

/** The file or folder at a path, or null when there is none. */
function fileEntry(graph: Graph, repository: Repository, commit: Commit, path: string): GraphNode | null {
  const folder = path.split('/').slice(0, -1).join('/');
  const found = childrenOf(commit.files, folder).find((child) => child.path === path);
  return found ? treeEntry(graph, repository, commit, found) : null;
}

const BLOB_LIMIT = 512_000;

function blobNode(graph: Graph, repository: Repository, content: string): GraphNode {
  const oid = blobSha(content);
  return {
    __typename: 'Blob',
    fields: {
      ...objectFields('Blob', repository, oid, `${repositoryPage(graph.urls, repository)}/blob/${oid}`),
      text: content.slice(0, BLOB_LIMIT),
      isTruncated: content.length > BLOB_LIMIT,
      isBinary: false,
      byteSize: new TextEncoder().encode(content).length,
    },
  };
}

function objectFields(kind: 'Commit' | 'Tag' | 'Tree' | 'Blob', repository: Repository, oid: string, page: string): GraphNode['fields'] {
  return { id: nodeId(kind, repository.id, oid), oid, abbreviatedOid: oid.slice(0, 7), commitUrl: page };
}

function gitActorNode(graph: Graph, login: string, at: number): GraphNode {
  const account = graph.world.account(login);
  const { name, email } = personName(graph.world, login);
  return {
    __typename: 'GitActor',
    fields: {
      name, email, date: iso(at), avatarUrl: `${graph.urls.web}/avatars/${encodeURIComponent(login)}`,
      user: () => (account.kind === 'User' ? graph.nodes.actor(graph, account) : null),
    },
  };
}

function rollupNode(graph: Graph, repository: Repository, commit: Commit): GraphNode | null {
  if (graph.token.kind === 'fineGrained') throw new GraphError('FORBIDDEN', 'Resource not accessible by personal access token');
  const jobs = repository.runs.filter((run) => run.sha === commit.sha).flatMap((run) => latestAttempt(run).jobs);
  if (jobs.length === 0) return null;
  const failed = jobs.some(({ conclusion }) => conclusion !== null && !['success', 'skipped', 'neutral'].includes(conclusion));
  const state = failed ? 'FAILURE' : jobs.some(({ status }) => status !== 'completed') ? 'PENDING' : 'SUCCESS';
  return {
    __typename: 'StatusCheckRollup',
    fields: {
      id: nodeId('Commit', repository.id, `rollup ${commit.sha}`),
      state,
      contexts: (args: Args) => connection('StatusCheckRollupContextConnection', jobs, args, (job) => graph.nodes.checkRun(graph, job), {
        checkRunCount: jobs.length, statusContextCount: 0,
      }),
    },
  };
}

function parentsOf(repository: Repository, commit: Commit): Commit[] {
  return commit.parents.flatMap((parent) => repository.commits.get(parent) ?? []);
}

function historyOf(repository: Repository, commit: Commit, args: Args): readonly Commit[] {
  const since = dateOf(args['since']);
  const until = dateOf(args['until']);
  const path = args['path'];
  return ancestry(repository, commit).filter(({ at, changes }) =>
    !(at < since) && !(at > until) && (path === undefined || path === null || changes.some((change) => change.path === path)));
}

function dateOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

import { DeployError } from '../core/deployError.ts';
import type { CommitOutcome, GitHubSetup } from '../core/gitHubSetup.ts';
import { pinKey, pinnedActions, renderPipeline, teamOwned, type PipelineFile, type PipelineTemplate, type Pins } from '../core/pipelineTemplate.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { pipelineAnswers, type SetupAnswers } from '../core/setupAnswers.ts';

/** Where Set Up commits: never to a branch that deploys. */
export const setupBranch = 'boussole/set-up-deployment';

/** One file that would change; `before` is missing for a new one. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: PipelineFile;
  /** The file exists and belongs to the team. */
  readonly isTheirs: boolean;
}

/** What installing the pipeline would change, compared with the default branch as it was read. */
export interface PipelineChange {
  readonly base: string;
  readonly baseSha: string;
  /** Only what differs, in the order in which one reads it. */
  readonly files: readonly FileChange[];
}

/** Renders the pipeline with every action pinned and compares it with the default branch. Nothing is written. */
export async function planPipeline(
  setup: GitHubSetup,
  repository: RepositoryId,
  templates: readonly PipelineTemplate[],
  answers: SetupAnswers,
  base: string,
  signal: AbortSignal,
): Promise<PipelineChange> {
  const pins = await resolvePins(setup, templates, signal);
  const files = renderPipeline(templates, pipelineAnswers(answers), pins);
  const current = await setup.treeFiles(repository, base, files.map(({ path }) => path), signal);
  if (!current) throw new DeployError('notAvailable', 'The branch {branch} does not exist on GitHub yet. Push a first commit to it.', { values: { branch: base } });
  const changes = files.flatMap((after): readonly FileChange[] => {
    const before = current.files.get(after.path);
    if (before?.text === after.text && before.executable === after.executable) return [];
    return [{ path: after.path, before: before?.text, after, isTheirs: before !== undefined && teamOwned.includes(after.path) }];
  });
  return { base, baseSha: current.sha, files: changes.toSorted((a, b) => readingOrder(a) - readingOrder(b)) };
}

/** Workflows first, then what the team may change, then the scripts, and their shared parts last. */
function readingOrder({ path }: FileChange): number {
  if (path.startsWith('.github/')) return 0;
  if (teamOwned.includes(path)) return 1;
  return path.startsWith('.deploy/lib/') ? 3 : 2;
}

async function resolvePins(setup: GitHubSetup, templates: readonly PipelineTemplate[], signal: AbortSignal): Promise<Pins> {
  const pins = await Promise.all(
    pinnedActions(templates).map(async (action) => {
      const sha = await setup.resolveAction(action.repository, action.tag, signal);
      if (sha === undefined) {
        throw new DeployError('notAvailable', 'The tag {tag} of {action} was not found, so it cannot be pinned to a commit. An update of Boussole may name another.', {
          values: { tag: action.tag, action: action.repository },
        });
      }
      return [pinKey(action), sha] as const;
    }),
  );
  return Object.fromEntries(pins);
}

/** Commits the files to Set Up's own branch. `refMoved` is thrown when the default branch is not what the person saw any more. */
export function commitPipeline(setup: GitHubSetup, repository: RepositoryId, change: PipelineChange, files: readonly FileChange[]): Promise<CommitOutcome> {
  const isFirst = files.every(({ before }) => before === undefined);
  return setup.commitFiles(repository, {
    branch: setupBranch,
    base: change.base,
    expectedBase: change.baseSha,
    message: isFirst ? 'Deploy with GitHub Actions' : 'Update the deployment pipeline',
    files: files.map(({ after }) => after),
  });
}

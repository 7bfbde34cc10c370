import { isAbort, isDeployError } from '../core/deployError.ts';
import type { Version } from '../core/deployTarget.ts';
import { fullName } from '../core/repositoryId.ts';
import { text, type Text } from '../core/text.ts';
import type { WorkflowFile } from '../core/workflowFile.ts';
import type { RepositorySession } from './repositorySession.ts';

/** With more refs than that nobody reads a list to its end; what is chosen is checked in any case. */
const mostChecked = 300;

/**
 * Tells of branches and tags why a workflow cannot be started by hand on them: their own copies of it are read, together. Of what
 * was not asked for, or could not be read, it tells nothing: planning a deploy looks again.
 */
export async function whyNotStartable(
  { github, repository, workflowFiles, log }: RepositorySession, path: string, versions: readonly Version[], signal: AbortSignal,
): Promise<(version: Version) => Text | undefined> {
  const asked = new Set(versions.filter(({ kind }) => kind !== 'commit').slice(0, mostChecked).map(refOf));
  if (asked.size === 0) return () => undefined;
  try {
    const texts = await github.fileAtRefs(repository, path, [...asked], signal);
    const reader = await workflowFiles();
    const parsed = new Map([...new Set(texts.values())].map((content) => [content, reader.parse(path, content)]));
    return (version) => (asked.has(refOf(version)) ? whyNot(parsed.get(texts.get(refOf(version)) ?? '')) : undefined);
  } catch (error) {
    if (isAbort(error) || !isDeployError(error)) throw error;
    log.warn(`Which versions of ${fullName(repository)} hold ${path} could not be read: ${error.kind}.`);
    return () => undefined;
  }
}

/** In full: a branch and a tag may have the same name. */
function refOf({ kind, ref }: Version): string {
  return `refs/${kind === 'branch' ? 'heads' : 'tags'}/${ref}`;
}

function whyNot(file: WorkflowFile | undefined): Text | undefined {
  if (!file) return text('It does not hold the workflow.');
  if (file.problem !== undefined) return text('Its copy of the workflow cannot be read.');
  return file.dispatchInputs === undefined ? text('Its copy of the workflow cannot be started by hand.') : undefined;
}

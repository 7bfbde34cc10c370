import { repositoryKey, type RepositoryId } from '../core/repositoryId.ts';
import type { Storage } from '../core/storage.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';

const most = 300;

/** Completed runs and branches that an earlier window read: their titles need not be asked for again. */
export class RememberedRuns {
  readonly #storage: Storage;
  readonly #runsKey: string;
  readonly #branchesKey: string;
  #runs: ReadonlyMap<number, WorkflowRun>;

  constructor(storage: Storage, repository: RepositoryId) {
    this.#storage = storage;
    this.#runsKey = `runs:${repositoryKey(repository)}`;
    this.#branchesKey = `branches:${repositoryKey(repository)}`;
    const stored = storage.get<readonly WorkflowRun[]>(this.#runsKey);
    this.#runs = new Map((Array.isArray(stored) ? stored : []).map((run: WorkflowRun) => [run.id, run]));
  }

  get runs(): ReadonlyMap<number, WorkflowRun> {
    return this.#runs;
  }

  /** Branches that the environments deploy, as last seen; `undefined` before the first time. */
  get branches(): readonly string[] | undefined {
    return this.#storage.get<readonly string[]>(this.#branchesKey);
  }

  /** Keeps the completed runs among `runs` that a deployment may refer to, the newest by id where there are too many. */
  async rememberRuns(runs: Iterable<WorkflowRun>, deploys: (run: WorkflowRun) => boolean): Promise<void> {
    const news = [...runs].filter((run) => run.status === 'completed' && deploys(run) && this.#runs.get(run.id)?.attempt !== run.attempt);
    if (news.length === 0) return;
    const all = new Map(this.#runs);
    for (const run of news) all.set(run.id, { ...run, title: run.title.slice(0, 300) });
    this.#runs = new Map([...all].sort(([a], [b]) => b - a).slice(0, most));
    await this.#storage.set(this.#runsKey, [...this.#runs.values()]);
  }

  async rememberBranches(branches: readonly string[]): Promise<void> {
    if (JSON.stringify(this.branches) !== JSON.stringify(branches)) await this.#storage.set(this.#branchesKey, branches);
  }
}

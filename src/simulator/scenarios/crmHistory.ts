import type { PipelineFile } from '../../core/pipelineTemplate.ts';
import { headOf } from '../world/history.ts';
import type { Commit, Repository, Run } from '../world/model.ts';
import { dispatch, findWorkflow, pullRequestUpdated, push } from '../world/triggers.ts';
import type { World } from '../world/world.ts';
import { addCommit, addRelease, addTag } from './builders.ts';
import { nextWork } from './crmWork.ts';

/** One repository's people at work: each method is something a person does, at the moment it is called. */
export class CrmTeam {
  readonly world: World;
  readonly repository: Repository;
  readonly developers: readonly string[];
  #pieces = 0;

  constructor(world: World, repository: Repository, developers: readonly string[]) {
    this.world = world;
    this.repository = repository;
    this.developers = developers;
  }

  /** Opens a pull request, which CI looks at, and merges it into `develop` after `mergeAfterMs`. */
  work(mergeAfterMs: number, author?: string): void {
    const { world, repository } = this;
    const piece = nextWork(world.chance, this.developers, this.#pieces++);
    const who = author ?? piece.author;
    const proposal = addCommit(world, repository, {
      message: piece.title,
      author: who,
      parents: [this.#head('develop').sha],
      pullRequest: { number: ++repository.pullRequests, title: piece.title },
      changes: [piece],
    });
    pullRequestUpdated(world, repository, piece.branch, proposal, who);
    world.after(mergeAfterMs, () => this.merge([proposal], who));
  }

  /** Squash-merges proposals into `develop` with one push. */
  merge(proposals: readonly Pick<Commit, 'message' | 'author' | 'changes' | 'pullRequest'>[], pusher: string): Run[] {
    let head = this.#head('develop');
    for (const { message, author, changes, pullRequest } of proposals) {
      head = addCommit(this.world, this.repository, {
        message: pullRequest ? `${message} (#${pullRequest.number})` : message,
        author,
        parents: [head.sha],
        changes,
        ...(pullRequest ? { pullRequest } : {}),
      });
    }
    return push(this.world, this.repository, 'develop', head, pusher.endsWith('[bot]') ? 'mei' : pusher);
  }

  /** Writes `count` pieces of work, merged with one push. */
  mergeWork(count: number, pusher: string): Run[] {
    const pieces = Array.from({ length: count }, () => nextWork(this.world.chance, this.developers, this.#pieces++));
    return this.merge(pieces.map((piece) => ({
      message: piece.title,
      author: piece.author,
      changes: [piece],
      pullRequest: { number: ++this.repository.pullRequests, title: piece.title },
    })), pusher);
  }

  /** Changes files straight on `develop`. */
  change(message: string, author: string, files: readonly PipelineFile[]): void {
    const commit = addCommit(this.world, this.repository, {
      message, author, parents: [this.#head('develop').sha],
      files: new Map(files.map(({ path, text }) => [path, text])),
      executables: files.filter(({ executable }) => executable).map(({ path }) => path),
      changes: files.map(({ path, text }) => ({ path, additions: text.split('\n').length - 1, deletions: 0 })),
    });
    push(this.world, this.repository, 'develop', commit, author);
  }

  /** Merges `develop` into `main` and publishes the release; nothing is deployed by that. */
  release(version: string, author: string): void {
    const { world, repository } = this;
    const develop = this.#head('develop');
    const pullRequest = { number: ++repository.pullRequests, title: `Release ${version}` };
    const merged = addCommit(world, repository, {
      message: `chore(release): ${version} [skip ci] (#${pullRequest.number})`,
      author,
      parents: [this.#head('main').sha, develop.sha],
      pullRequest,
      files: new Map([...develop.files, ['package.json', packageJson(version)]]),
      executables: [...(develop.executables ?? [])],
      changes: [{ path: 'package.json', additions: 1, deletions: 1 }],
    });
    push(world, repository, 'main', merged, author);
    // Back at once, so that what is built from `develop` counts on from this version.
    push(world, repository, 'develop', merged, author);
    this.publish(version, merged.sha, author);
  }

  /** Repairs production: a commit on `main`, deployed by its push, tagged, and merged back into `develop`. */
  hotfix(version: string, message: string, author: string): void {
    const { world, repository } = this;
    const fix = addCommit(world, repository, {
      message,
      author,
      parents: [this.#head('main').sha],
      files: new Map([['package.json', packageJson(version)]]),
      changes: [{ path: 'src/hotfix.ts', additions: 9, deletions: 2 }],
    });
    push(world, repository, 'main', fix, author);
    this.publish(version, fix.sha, author);
    world.after(3_600_000, () => {
      const back = addCommit(world, repository, {
        message: "Merge branch 'main' into develop",
        author,
        parents: [this.#head('develop').sha, fix.sha],
      });
      push(world, repository, 'develop', back, author);
    });
  }

  /** Tags a commit and publishes its release. */
  publish(version: string, commit: string, author: string, prerelease = false): void {
    addTag(this.world, this.repository, version, commit, author, version);
    addRelease(this.world, this.repository, {
      tagName: version, author, target: prerelease ? 'develop' : 'main', prerelease,
      body: `## What changed\n\n* Everything merged up to ${commit.slice(0, 7)}\n`,
    });
  }

  /** Presses "Run workflow" on `main`. */
  dispatch(file: 'deploy.yml' | 'rollback.yml' | 'hold.yml', actor: string, inputs: Readonly<Record<string, string>>, ref = 'main'): Run {
    const workflow = findWorkflow(this.repository, file);
    if (!workflow) throw new Error(`The repository has no ${file}`);
    return dispatch(this.world, this.repository, workflow, { ref, inputs, actor });
  }

  #head(branch: string): Commit {
    const head = headOf(this.repository, branch);
    if (!head) throw new Error(`The repository has no branch "${branch}"`);
    return head;
  }
}

function packageJson(version: string): string {
  return `${JSON.stringify({ name: 'crm', version: version.replace(/^v/, ''), private: true, type: 'module' }, undefined, 2)}\n`;
}

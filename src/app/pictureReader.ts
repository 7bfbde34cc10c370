import { isDeployError } from '../core/deployError.ts';
import type { DeployRequest } from '../core/deployRequest.ts';
import { sameEnvironment } from '../core/environment.ts';
import type { Overview } from '../core/gitHub.ts';
import type { GitRef } from '../core/release.ts';
import { fullName } from '../core/repositoryId.ts';
import { sameData } from '../core/sameData.ts';
import type { WorkflowFile } from '../core/workflowFile.ts';
import type { WorkflowRun } from '../core/workflowRun.ts';
import type { DeployStore } from './deployStore.ts';
import { eachInFlight } from './inFlight.ts';
import { allDeployments, comparisonKey, historyPage, knowsAllNames, nothingKnown, withRuns, type Knowledge } from './knowledge.ts';
import { branchesWanted, needsOf, type Needs } from './needs.ts';
import { carriedOver, nextReleases, withReleasePage } from './olderReleases.ts';
import { drawPicture } from './picture.ts';
import type { RememberedRuns } from './rememberedRuns.ts';
import type { RequestMeter } from './requestMeter.ts';
import type { SessionPorts } from './sessionPorts.ts';

/** Branches that teams often deploy from, asked for before the workflows are known: what does not exist costs nothing. */
const likelyBranches = ['develop', 'staging', 'dev'];
const mostInFlight = 6;

/** Reads what the views show and keeps the store's picture of it true to what was read. */
export class PictureReader {
  readonly #ports: SessionPorts;
  readonly #store: DeployStore;
  readonly #remembered: RememberedRuns;
  readonly #meter: RequestMeter;
  #knowledge: Knowledge;
  #parsed = new Map<string, { readonly text: string; readonly file: WorkflowFile }>();

  constructor(ports: SessionPorts, store: DeployStore, remembered: RememberedRuns, requests: ReadonlyMap<number, DeployRequest>, meter: RequestMeter) {
    this.#ports = ports;
    this.#store = store;
    this.#remembered = remembered;
    this.#meter = meter;
    this.#knowledge = { ...nothingKnown, runs: remembered.runs, requests };
  }

  get knowledge(): Knowledge {
    return this.#knowledge;
  }

  /** Reads everything but the runs anew and draws it. */
  async readOverview(signal?: AbortSignal): Promise<void> {
    const { github, repository } = this.#ports;
    const branches = this.#branches();
    this.#meter.note();
    const overview = await github.overview(repository, branches, signal);
    const files = await this.#parse(overview);
    // What was compared with a branch's name is out of date once the branch may have moved.
    const comparisons = new Map([...this.#knowledge.comparisons].filter(([key]) => /^[0-9a-f]{40}\.\.\.[0-9a-f]{40}$/.test(key)));
    this.#learn({ overview, olderReleases: carriedOver(this.#knowledge, overview), files, comparisons, asOf: github.serverNow() });
    const { environments, facts } = this.#store.state;
    await this.#remembered.rememberBranches(branchesWanted(environments, facts?.defaultBranch));
  }

  /** Reads which environments are held. */
  async readHolds(signal?: AbortSignal): Promise<void> {
    const { github, repository } = this.#ports;
    this.#meter.note();
    const locks = await github.locks(repository, signal);
    const { overview } = this.#knowledge;
    if (overview && !sameData(locks, overview.locks)) this.#learn({ overview: { ...overview, locks } });
  }

  /** Reads which workflows are disabled; where that cannot be seen all count as active. */
  async readWorkflows(signal?: AbortSignal): Promise<void> {
    const { github, repository, log } = this.#ports;
    this.#meter.note();
    try {
      const workflows = await github.workflows(repository, signal);
      if (workflows !== this.#knowledge.workflows) this.#learn({ workflows });
    } catch (error) {
      if (!isDeployError(error) || (error.kind !== 'forbidden' && error.kind !== 'notFound')) throw error;
      log.debug(`The workflows of ${fullName(repository)} cannot be listed: ${error.kind}.`);
    }
  }

  /** Takes in runs that were read elsewhere; false when they say nothing new. */
  learnRuns(runs: Iterable<WorkflowRun>): boolean {
    const next = withRuns(this.#knowledge, runs);
    if (next === this.#knowledge) return false;
    this.#learn(next);
    return true;
  }

  learnRequests(requests: ReadonlyMap<number, DeployRequest>): void {
    if (!sameData(requests, this.#knowledge.requests)) this.#learn({ requests });
  }

  /** Draws again because settings changed. */
  redraw(): void {
    this.#learn({});
  }

  /** Reads what the rows on screen still need, at most three rounds: what one brings can need another. */
  async fillNeeds(signal?: AbortSignal): Promise<void> {
    for (let round = 0; round < 3; round++) {
      const needs = needsOf(this.#knowledge, this.#store.state.environments);
      if (needs.runs.length + needs.comparisons.length + needs.deployments.length === 0 && !needs.tags) break;
      await this.#fill(needs, signal);
    }
    this.#markFirstRows();
    await this.#remembered.rememberRuns(this.#knowledge.runs.values(), (run) => this.isDeploy(run));
  }

  /** Asks the environments themselves what they run, where they have an address for it. */
  async readSites(signal?: AbortSignal): Promise<void> {
    const { siteVersion, github } = this.#ports;
    const urls = [...new Set(this.#store.state.environments.flatMap(({ target }) => target.versionUrl ?? []))];
    if (urls.length === 0) return;
    const sites = new Map(this.#knowledge.sites);
    await eachInFlight(urls, mostInFlight, async (url) => {
      const answer = await siteVersion(url, signal);
      const known = sites.get(url);
      if (!answer) sites.delete(url);
      else if (known?.version !== answer.version || known?.sha !== answer.sha) sites.set(url, { ...answer, at: github.serverNow() });
    });
    this.#learn({ sites });
  }

  /** Reads the titles of the runs behind the deployments shown of an environment that are only known by their record. */
  async readTitles(environment: string, signal?: AbortSignal): Promise<void> {
    const state = this.#store.state.environments.find(({ target }) => sameEnvironment(target.environment, environment));
    const provisional = state?.history.filter(({ isProvisional }) => isProvisional) ?? [];
    if (provisional.length === 0) return;
    const runs = provisional.flatMap(({ runId }) => (runId === undefined || this.#knowledge.runs.has(runId) ? [] : [runId]));
    await this.#fill({ runs: [...new Set(runs)], comparisons: [], deployments: [], tags: !knowsAllNames(this.#knowledge) }, signal);
    await this.#remembered.rememberRuns(this.#knowledge.runs.values(), (run) => this.isDeploy(run));
  }

  /** Shows more deployments of an environment and reads what they really shipped. */
  async readOlder(environment: string, signal?: AbortSignal): Promise<void> {
    const key = environment.toLowerCase();
    const depth = (this.#knowledge.depths.get(key) ?? historyPage) + historyPage;
    const known = allDeployments(this.#knowledge).filter((one) => sameEnvironment(one.environment, environment)).length;
    const isComplete = this.#knowledge.overview?.deploymentsComplete === true || this.#knowledge.older.get(key)?.isComplete === true;
    if (known < depth && !isComplete) await this.#readDeployments(environment, depth, key, signal);
    this.#learn({ depths: new Map([...this.#knowledge.depths, [key, depth]]) });
    await this.readTitles(environment, signal);
  }

  /** Reads the next page of releases, where there is one. */
  async readMoreReleases(signal?: AbortSignal): Promise<void> {
    const { github, repository } = this.#ports;
    const next = nextReleases(this.#knowledge);
    if (next === undefined || this.#store.state.moreReleases?.isLoading) return;
    const setLoading = (isLoading: boolean) =>
      this.#store.update((state) => (state.moreReleases ? { ...state, moreReleases: { ...state.moreReleases, isLoading } } : state));
    setLoading(true);
    try {
      this.#meter.note();
      const page = await github.releases(repository, next, signal);
      // A newer overview may have begun the list anew meanwhile: this page would leave a gap then.
      if (nextReleases(this.#knowledge) === next) this.#learn({ olderReleases: withReleasePage(this.#knowledge, page) });
    } finally {
      setLoading(false);
    }
  }

  /** Reads all branches and tags: what a person can choose to ship. */
  async readVersions(signal?: AbortSignal): Promise<void> {
    const { github, repository } = this.#ports;
    this.#meter.note();
    this.#meter.note();
    const [branches, tags] = await Promise.all([github.branches(repository, signal), github.tags(repository, signal)]);
    this.#learn({ branches, tags });
  }

  /** True for a run of a workflow that deploys or rolls back. */
  isDeploy(run: WorkflowRun): boolean {
    return (
      this.#knowledge.requests.has(run.id) ||
      this.#store.state.environments.some(({ target }) => [target.deploy, target.rollback].some((workflow) => workflow?.file.path === run.workflowPath))
    );
  }

  /** True for a run whose end changes what the rows of environments say: a deploy, or one that holds or lifts. */
  changesRows(run: WorkflowRun): boolean {
    return this.isDeploy(run) || run.workflowPath === this.#store.state.facts?.holdWorkflow?.path;
  }

  async #fill({ runs, comparisons, deployments, tags }: Needs, signal?: AbortSignal): Promise<void> {
    const { github, repository } = this.#ports;
    const found: WorkflowRun[] = [];
    const gone = new Set(this.#knowledge.gone);
    const compared = new Map(this.#knowledge.comparisons);
    let read: readonly GitRef[] | undefined;
    const acts: (() => Promise<void>)[] = [
      ...deployments.map((environment) => () => this.#readDeployments(environment, historyPage, environment.toLowerCase(), signal)),
      ...runs.map((id) => async () => {
        const run = await orNone(github.run(repository, id, signal));
        if (run) found.push(run);
        else gone.add(id);
      }),
      ...comparisons.map(({ base, head }) => async () => {
        compared.set(comparisonKey(base, head), (await orNone(github.compare(repository, base, head, signal))) ?? 'none');
      }),
      ...(tags ? [async () => void (read = (await orNone(github.tags(repository, signal))) ?? [])] : []),
    ];
    // In the order of the rows: the first few are what is on screen, and need not wait for the rest.
    for (const group of [acts.slice(0, mostInFlight), acts.slice(mostInFlight)]) {
      if (group.length === 0) continue;
      try {
        await eachInFlight(group, mostInFlight, (act) => {
          this.#meter.note();
          return act();
        });
      } finally {
        this.#learn({ ...withRuns(this.#knowledge, found), gone: new Set(gone), comparisons: new Map(compared), ...(read ? { tags: read } : {}) });
        this.#markFirstRows();
      }
    }
  }

  #markFirstRows(): void {
    this.#store.update((state) => (state.hasFirstRows ? state : { ...state, hasFirstRows: true }));
  }

  async #readDeployments(environment: string, first: number, key: string, signal?: AbortSignal): Promise<void> {
    const { github, repository } = this.#ports;
    const count = Math.min(100, first);
    const deployments = await github.deployments(repository, environment, count, signal);
    this.#learn({ older: new Map([...this.#knowledge.older, [key, { deployments, isComplete: deployments.length < count }]]) });
  }

  #branches(): readonly string[] {
    const { environments, facts } = this.#store.state;
    const wanted = facts ? branchesWanted(environments, facts.defaultBranch) : (this.#remembered.branches ?? likelyBranches);
    return wanted.slice(0, 12);
  }

  async #parse(overview: Overview): Promise<readonly WorkflowFile[]> {
    const unknown = overview.workflowFiles.filter(({ path, text }) => this.#parsed.get(path)?.text !== text);
    const reader = unknown.length > 0 ? await this.#ports.workflowFiles() : undefined;
    const parsed = new Map<string, { readonly text: string; readonly file: WorkflowFile }>();
    for (const { path, text } of overview.workflowFiles) {
      const known = this.#parsed.get(path);
      const file = known?.text === text ? known.file : reader?.parse(path, text);
      if (file) parsed.set(path, { text, file });
    }
    this.#parsed = parsed;
    return [...parsed.values()].map(({ file }) => file);
  }

  #learn(news: Partial<Knowledge>): void {
    this.#knowledge = { ...this.#knowledge, ...news };
    const { settings, repository } = this.#ports;
    this.#store.update((state) => {
      const picture = drawPicture(this.#knowledge, settings(), state, repository.host.webUrl);
      const isSame = picture.facts === state.facts && picture.environments === state.environments && picture.releases === state.releases && picture.moreReleases === state.moreReleases;
      return isSame ? state : { ...state, ...picture };
    });
  }
}

/** The answer, or `undefined` where GitHub does not have (or show) the thing; other failures are thrown. */
async function orNone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isDeployError(error) && error.kind === 'notFound') return undefined;
    throw error;
  }
}

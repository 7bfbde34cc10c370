import { html, type SimRequest, type SimResponse } from '../http.ts';
import { escapeHtml } from '../slack/escapeHtml.ts';
import { repositoryPage, type Urls } from '../wire/urls.ts';
import { compareCommits, resolveRef } from '../world/history.ts';
import type { Commit, Repository, Run } from '../world/model.ts';
import { latestAttempt } from '../world/runs.ts';
import { stepLog } from '../world/scripts.ts';
import { statusOf } from '../world/runStatus.ts';
import type { World } from '../world/world.ts';
import { layout, list, mark, since } from './layout.ts';

type Page = { readonly title: string; readonly body: string };

/** The web pages behind `html_url`s: enough to see that one has arrived at the right thing. */
export function answerPage(world: World, request: SimRequest, urls: Urls): SimResponse {
  const [, owner = '', name = '', ...rest] = request.path.split('/').map(decode);
  const repository = world.repository(owner, name.replace(/\.git$/, ''));
  if (request.path === '/' || !repository) {
    return repository || request.path !== '/' ? notFound() : html(layout('Simulated GitHub', home(world, urls)));
  }
  const page = pageOf(world, urls, repository, rest);
  const crumbs = `<p class="crumbs"><a href="${repositoryPage(urls, repository)}">${escapeHtml(`${repository.owner}/${repository.name}`)}</a></p>`;
  return page ? html(layout(page.title, crumbs + page.body)) : notFound();
}

function pageOf(world: World, urls: Urls, repository: Repository, rest: readonly string[]): Page | undefined {
  const [kind, second, third, fourth, fifth] = rest;
  if (kind === undefined || kind === '') return overview(world, urls, repository);
  if (kind === 'actions' && second === 'runs') {
    const run = repository.runById.get(Number(third));
    return run && runPage(world, run, fourth === 'job' ? Number(fifth) : undefined);
  }
  if (kind === 'actions') return overview(world, urls, repository);
  if (kind === 'releases' && second === 'tag') return releasePage(repository, rest.slice(2).join('/'));
  if (kind === 'commit') {
    const commit = resolveRef(repository, second ?? '');
    return commit && { title: subject(commit), body: commitBody(world, urls, repository, commit) };
  }
  if (kind === 'compare') return comparePage(world, urls, repository, rest.slice(1).join('/'));
  if (kind === 'blob' || kind === 'raw' || kind === 'tree') return filePage(repository, second ?? '', rest.slice(2).join('/'));
  if (kind === 'releases') return { title: 'Releases', body: releases(urls, repository) };
  return undefined;
}

function home(world: World, urls: Urls): string {
  return `<h1>Simulated GitHub</h1>${list(world.repositories.map((one) =>
    `<a href="${repositoryPage(urls, one)}">${escapeHtml(`${one.owner}/${one.name}`)}</a> <span>${escapeHtml(one.description)}</span>`))}
    <p><a href="/__sim/">Steer this world</a> · <a href="/slack/">Slack</a></p>`;
}

function overview(world: World, urls: Urls, repository: Repository): Page {
  const runs = repository.runs.slice(-25).toReversed().map((run) => runLine(world, urls, run));
  return {
    title: `${repository.owner}/${repository.name}`,
    body: `<h1>${escapeHtml(repository.name)}</h1><p>${escapeHtml(repository.description)}</p><h2>Runs</h2>${list(runs)}<h2>Releases</h2>${releases(urls, repository)}`,
  };
}

function runLine(world: World, urls: Urls, run: Run): string {
  const attempt = latestAttempt(run);
  return `${mark(statusOf(attempt), attempt.conclusion)} <a href="${repositoryPage(urls, run.repository)}/actions/runs/${run.id}">${escapeHtml(run.title)}</a>
    <span>${escapeHtml(world.account(run.actor).name)} · ${escapeHtml(run.branch)} · ${since(world.now, run.createdAt)}</span>`;
}

function runPage(world: World, run: Run, jobId: number | undefined): Page {
  const attempt = latestAttempt(run);
  const jobs = attempt.jobs.map((job) => {
    const steps = job.steps.map((step) => {
      const log = stepLog(job, step);
      const shown = log.length > 0 ? `<details${step.problem ? ' open' : ''}><summary>Log</summary><pre>${escapeHtml(plain(log))}</pre></details>` : '';
      return `${mark(step.status, step.conclusion)} ${escapeHtml(step.name)}${shown}`;
    });
    const where = job.environment === undefined ? '' : ` <span>to ${escapeHtml(job.environment)}</span>`;
    return `<details${job.id === jobId || job.conclusion === 'failure' ? ' open' : ''}><summary>${mark(job.status, job.conclusion)} ${escapeHtml(job.definition.name)}${where}</summary>${list(steps)}</details>`;
  });
  return {
    title: run.title,
    body: `<h1>${mark(statusOf(attempt), attempt.conclusion)} ${escapeHtml(run.title)}</h1>
      <p>${escapeHtml(run.workflow.name)} #${run.number} · attempt ${attempt.number} · ${escapeHtml(world.account(run.actor).name)} · ${escapeHtml(run.branch)} at <code>${run.sha.slice(0, 7)}</code> · ${since(world.now, run.createdAt)}</p>
      ${jobs.join('')}`,
  };
}

function releasePage(repository: Repository, tagName: string): Page | undefined {
  const release = repository.releases.find((one) => one.tagName === tagName || `untagged-${one.id}` === tagName);
  return release && {
    title: release.name,
    body: `<h1>${escapeHtml(release.name)}</h1><p>${release.draft ? 'Draft' : release.prerelease ? 'Pre-release' : 'Release'} by ${escapeHtml(release.author)}</p><pre>${escapeHtml(release.body)}</pre>`,
  };
}

function releases(urls: Urls, repository: Repository): string {
  return list(repository.releases.slice(-20).toReversed().map(({ name, tagName, draft, id }) =>
    `<a href="${repositoryPage(urls, repository)}/releases/tag/${draft ? `untagged-${id}` : encodeURIComponent(tagName)}">${escapeHtml(name)}</a>${draft ? ' <span>Draft</span>' : ''}`));
}

function comparePage(world: World, urls: Urls, repository: Repository, range: string): Page | undefined {
  const [base, head] = range.split('...').map((name) => resolveRef(repository, name.replace(/^[^:/]+:/, '')));
  const comparison = base && head && compareCommits(repository, base, head);
  return comparison && {
    title: `Comparing ${range}`,
    body: `<h1>${escapeHtml(range)}</h1><p>${comparison.ahead.length} commits ahead, ${comparison.behindBy} behind</p>${
      list(comparison.ahead.toReversed().map((commit) => commitLine(world, urls, repository, commit)))}`,
  };
}

function commitLine(world: World, urls: Urls, repository: Repository, commit: Commit): string {
  return `<a href="${repositoryPage(urls, repository)}/commit/${commit.sha}"><code>${commit.sha.slice(0, 7)}</code></a> ${escapeHtml(subject(commit))}
    <span>${escapeHtml(world.account(commit.author).name)} · ${since(world.now, commit.at)}</span>`;
}

function commitBody(world: World, urls: Urls, repository: Repository, commit: Commit): string {
  return `<h1>${escapeHtml(subject(commit))}</h1>${list([commitLine(world, urls, repository, commit)])}<pre>${escapeHtml(commit.message)}</pre>${
    list(commit.changes.map(({ path, additions, deletions }) => `${escapeHtml(path)} <span>+${additions} −${deletions}</span>`))}`;
}

function filePage(repository: Repository, ref: string, path: string): Page | undefined {
  const content = resolveRef(repository, ref)?.files.get(path);
  return content === undefined ? undefined : { title: path, body: `<h1>${escapeHtml(path)}</h1><pre>${escapeHtml(content)}</pre>` };
}

function subject(commit: Commit): string {
  return commit.message.split('\n')[0] ?? '';
}

function plain(log: readonly string[]): string {
  // oxlint-disable-next-line no-control-regex -- ANSI colours begin with an escape character
  return log.join('\n').replace(/\u001B\[[\d;]*m/g, '');
}

function notFound(): SimResponse {
  return html(layout('Not found', '<h1>404</h1><p>This is not the page you are looking for.</p>'), 404);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

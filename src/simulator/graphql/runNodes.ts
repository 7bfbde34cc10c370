import { iso, isoOrNull, repositoryPage } from '../wire/urls.ts';
import { waitingJobs } from '../world/control.ts';
import { environmentNamed } from '../world/deployments.ts';
import { mayReview } from '../world/gates.ts';
import type { Job, Run, Workflow } from '../world/model.ts';
import { nodeId } from '../world/nodeIds.ts';
import { statusOf } from '../world/runStatus.ts';
import { latestAttempt } from '../world/runs.ts';
import { connection } from './connection.ts';
import { reviewersConnection } from './deploymentNodes.ts';
import { GraphError, type Args, type Graph, type GraphNode } from './graph.ts';

/** A `WorkflowRun`: its status and conclusion are its check suite's. */
export function runNode(graph: Graph, run: Run): GraphNode {
  const { repository } = run;
  const attempt = latestAttempt(run);
  const path = `/${repository.owner}/${repository.name}/actions/runs/${run.id}`;
  return {
    __typename: 'WorkflowRun',
    fields: {
      id: nodeId('WorkflowRun', repository.id, run.id),
      databaseId: run.id,
      runNumber: run.number,
      event: run.event,
      createdAt: iso(run.createdAt),
      updatedAt: iso(attempt.updatedAt),
      url: graph.urls.web + path,
      resourcePath: path,
      workflow: () => workflowNode(graph, run, run.workflow),
      checkSuite: () => checkSuiteNode(graph, run),
      pendingDeploymentRequests: (args: Args) => connection('DeploymentRequestConnection', waitingJobs(run), args, (job) => requestNode(graph, job)),
      deploymentReviews: (args: Args) => connection('DeploymentReviewConnection', run.reviews, args, (review) => ({
        __typename: 'DeploymentReview',
        fields: {
          id: nodeId('Gate', repository.id, `review ${run.id} ${run.reviews.indexOf(review)}`),
          databaseId: run.reviews.indexOf(review) + 1,
          state: review.state.toUpperCase(),
          comment: review.comment,
          user: () => graph.nodes.actor(graph, graph.world.account(review.user)),
          environments: (more: Args) => connection('EnvironmentConnection', review.environments, more, (name) =>
            graph.nodes.environment(graph, repository, environmentNamed(graph.world, repository, name))),
        },
      })),
    },
  };
}

function workflowNode({ urls }: Graph, run: Run, workflow: Workflow): GraphNode {
  const page = `${repositoryPage(urls, run.repository)}/actions/workflows/${workflow.path.split('/').at(-1)}`;
  return {
    __typename: 'Workflow',
    fields: {
      id: nodeId('Workflow', run.repository.id, workflow.id),
      databaseId: workflow.id,
      name: workflow.name,
      state: workflow.state.toUpperCase(),
      createdAt: iso(workflow.createdAt),
      updatedAt: iso(workflow.createdAt),
      url: page,
      resourcePath: new URL(page).pathname,
    },
  };
}

function checkSuiteNode(graph: Graph, run: Run): GraphNode {
  if (graph.token.kind === 'fineGrained') throw new GraphError('FORBIDDEN', 'Resource not accessible by personal access token', true);
  const { repository } = run;
  const attempt = latestAttempt(run);
  const status = statusOf(attempt);
  const commit = repository.commits.get(run.sha);
  const path = `/${repository.owner}/${repository.name}/commit/${run.sha}/checks`;
  return {
    __typename: 'CheckSuite',
    fields: {
      id: nodeId('CheckSuite', repository.id, run.id),
      databaseId: run.checkSuiteId,
      status: status.toUpperCase(),
      conclusion: attempt.conclusion?.toUpperCase() ?? null,
      createdAt: iso(run.createdAt),
      updatedAt: iso(attempt.updatedAt),
      url: graph.urls.web + path,
      resourcePath: path,
      branch: () => graph.nodes.branch(graph, repository, run.branch),
      commit: () => (commit ? graph.nodes.commit(graph, repository, commit) : null),
      workflowRun: () => runNode(graph, run),
      checkRuns: (args: Args) => connection('CheckRunConnection', filtered(run, args['filterBy']), args, (job) => checkRunNode(graph, job)),
    },
  };
}

function filtered(run: Run, filter: unknown): readonly Job[] {
  const { checkType, checkName, statuses, status, conclusions } = (filter ?? {}) as {
    checkType?: 'ALL' | 'LATEST'; checkName?: string; statuses?: string[]; status?: string; conclusions?: string[];
  };
  const jobs = checkType === 'ALL' ? run.attempts.flatMap((one) => one.jobs) : latestAttempt(run).jobs;
  const wanted = statuses ?? (status === undefined ? undefined : [status]);
  return jobs.filter((job) =>
    (checkName ?? job.definition.name) === job.definition.name &&
    (wanted === undefined || wanted.includes(job.status.toUpperCase())) &&
    (conclusions === undefined || conclusions.includes((job.conclusion ?? '').toUpperCase())));
}

/** A `CheckRun`, which is a job, with its steps. */
export function checkRunNode(graph: Graph, job: Job): GraphNode {
  const { run } = job;
  const path = `/${run.repository.owner}/${run.repository.name}/actions/runs/${run.id}/job/${job.id}`;
  return {
    __typename: 'CheckRun',
    fields: {
      id: nodeId('CheckRun', run.repository.id, job.id),
      databaseId: job.id,
      name: job.definition.name,
      status: job.status.toUpperCase(),
      conclusion: job.conclusion?.toUpperCase() ?? null,
      startedAt: iso(job.startedAt ?? job.createdAt),
      completedAt: isoOrNull(job.completedAt),
      detailsUrl: graph.urls.web + path,
      url: graph.urls.web + path,
      permalink: graph.urls.web + path,
      resourcePath: path,
      externalId: String(job.id),
      checkSuite: () => checkSuiteNode(graph, run),
      repository: () => graph.nodes.repository(graph, run.repository),
      deployment: () => (job.deployment ? graph.nodes.deployment(graph, run.repository, job.deployment) : null),
      pendingDeploymentRequest: () => (job.status === 'waiting' ? requestNode(graph, job) : null),
      steps: (args: Args) => connection('CheckStepConnection', job.steps.filter(({ number }) => (args['number'] ?? number) === number), args, (step) => ({
        __typename: 'CheckStep',
        fields: {
          name: step.name,
          number: step.number,
          status: step.status.toUpperCase(),
          conclusion: step.conclusion?.toUpperCase() ?? null,
          startedAt: isoOrNull(step.startedAt),
          completedAt: isoOrNull(step.completedAt),
        },
      })),
    },
  };
}

function requestNode(graph: Graph, job: Job): GraphNode {
  const { world, token } = graph;
  const environment = environmentNamed(world, job.run.repository, job.environment ?? '');
  const waitTimer = job.gate?.waitMinutes ?? 0;
  return {
    __typename: 'DeploymentRequest',
    fields: {
      currentUserCanApprove: mayReview(world, environment, job.run, token.login),
      environment: () => graph.nodes.environment(graph, job.run.repository, environment),
      reviewers: (args: Args) => reviewersConnection(graph, environment, args),
      waitTimer,
      waitTimerStartedAt: waitTimer > 0 ? isoOrNull(job.gate?.since) : null,
    },
  };
}

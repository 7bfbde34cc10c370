import type { Job, Step } from './model.ts';
import { shippedBy } from './shipping.ts';
import type { World } from './world.ts';

/** The steps whose scripts the world plays for real: what they check can fail. */
export const RESOLVE_STEP = 'Resolve the version';
/** The step that compares what is live with what the dispatcher saw. */
export const CHECK_LIVE_STEP = 'Check what is live';

/** Why a step fails, as lines for its log, or `undefined` when it succeeds. */
export function stepProblem(world: World, job: Job, step: string): readonly string[] | undefined {
  const mishap = world.mishaps.find((one) =>
    one.times > 0 && one.step === step &&
    (one.environment === undefined || one.environment === targetOf(job)) &&
    (one.workflow === undefined || one.workflow === job.run.workflow.path) &&
    (one.branch === undefined || one.branch === job.run.branch));
  if (mishap) {
    mishap.times--;
    return mishap.log ?? [`##[error]Process completed with exit code 1.`];
  }
  if (step === RESOLVE_STEP) return resolveProblem(job);
  return step === CHECK_LIVE_STEP ? liveProblem(job) : undefined;
}

/** What a finished step has written, ANSI colours included, as GitHub's logs have them; nothing for one that was skipped. */
export function stepLog(job: Job, { name: step, conclusion, problem }: Step): readonly string[] {
  if (conclusion === null || conclusion === 'skipped') return [];
  if (step === 'Complete job') return ['Cleaning up orphan processes'];
  if (step === 'Set up job') return [...setUp(job), ...(problem ?? [])];
  const lines = [`##[group]${step.startsWith('Run ') ? step : `Run ${step}`}`, `\u001B[36;1m${step}\u001B[0m`, 'shell: /usr/bin/bash -e {0}', '##[endgroup]'];
  const target = targetOf(job);
  const shipped = target === undefined ? undefined : shippedBy(job.run, target);
  if (shipped && step === RESOLVE_STEP) {
    lines.push(`\u001B[32m✓\u001B[0m ${shipped.version} is ${shipped.commit.sha}`, `target: ${target}`);
  }
  return problem ? [...lines, ...problem] : [...lines, `\u001B[32m✓\u001B[0m ${step}`];
}

function setUp(job: Job): readonly string[] {
  return [
    "Current runner version: '2.331.0'",
    '##[group]Runner Image',
    'Image: ubuntu-24.04',
    '##[endgroup]',
    `Complete job name: ${job.definition.name}`,
  ];
}

/** The environment a job's run deploys to, known before the deploying job itself exists. */
function targetOf(job: Job): string | undefined {
  const chosen = job.environment ?? job.run.inputs['environment'];
  if (chosen !== undefined && chosen !== '') return chosen;
  return job.run.definition.jobs.some(({ environment }) => environment !== undefined)
    ? (job.run.branch === 'main' ? 'production' : 'staging')
    : undefined;
}

function resolveProblem(job: Job): readonly string[] | undefined {
  const target = targetOf(job);
  const shipped = target === undefined ? undefined : shippedBy(job.run, target);
  if (!shipped) return [`##[error]There is no version "${job.run.inputs['version'] ?? ''}".`, '##[error]Process completed with exit code 1.'];
  const expected = job.run.inputs['expected_sha'] ?? '';
  if (expected === '' || expected === shipped.commit.sha) return undefined;
  return [`##[error]${shipped.version} is ${shipped.commit.sha}, not ${expected} as expected.`, '##[error]Process completed with exit code 1.'];
}

function liveProblem(job: Job): readonly string[] | undefined {
  const expected = job.run.inputs['expected_current'] ?? '';
  const target = targetOf(job);
  const { sites, tags } = job.run.repository;
  const live = target === undefined ? undefined : sites.get(target.toLowerCase());
  if (expected === '' || !live || expected === live.version || tags.get(expected)?.commit === live.sha || isShort(expected, live.sha)) return undefined;
  return [`##[error]${target} runs ${live.version}, not ${expected} as expected.`, '##[error]Process completed with exit code 1.'];
}

function isShort(expected: string, commit: string): boolean {
  return expected.length >= 7 && commit.startsWith(expected);
}

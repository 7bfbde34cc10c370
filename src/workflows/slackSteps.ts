import { treeOf, wordOf, type Tree } from './tree.ts';

/** Shell text that talks to Slack: its addresses and methods, a `SLACK_…` variable, or a script named after it. */
const slackInScript = /hooks\.slack\.com|slack\.com\/api|chat\.postMessage|\bSLACK_[A-Z]|[\w./-]*slack[\w-]*\.(?:sh|m?js|cjs|ts|py|rb|php)\b/;

/** True when some step of the workflow posts to Slack by itself, so that people need not read the same news twice. */
export function postsToSlack(workflow: Tree): boolean {
  return hasSlackVariable(workflow) || Object.values(treeOf(workflow['jobs'])).some((job) => jobPosts(treeOf(job)));
}

function jobPosts(job: Tree): boolean {
  const steps: readonly unknown[] = Array.isArray(job['steps']) ? job['steps'] : [];
  return hasSlackVariable(job) || usesSlack(job) || steps.some((step) => stepPosts(treeOf(step)));
}

function stepPosts(step: Tree): boolean {
  return hasSlackVariable(step) || usesSlack(step) || slackInScript.test(wordOf(step['run']) ?? '');
}

/** An action or reusable workflow with Slack in its name, or one that is handed a `SLACK_…` secret. */
function usesSlack(step: Tree): boolean {
  const uses = wordOf(step['uses']);
  if (uses === undefined) return false;
  const handed = [...Object.values(treeOf(step['with'])), ...Object.values(treeOf(step['secrets']))];
  return /slack/i.test(uses) || handed.some((value) => /\bSLACK_[A-Z]|hooks\.slack\.com/.test(wordOf(value) ?? ''));
}

function hasSlackVariable(part: Tree): boolean {
  return Object.keys(treeOf(part['env'])).some((name) => name.startsWith('SLACK_'));
}

import type { CheckFacts, Finding, Fix, TextEdit, WorkflowChecks } from '../core/finding.ts';
import { text } from '../core/text.ts';
import { isNamedDeploy, readChecked } from './checkedWorkflow.ts';
import { checkActions } from './checks/actions.ts';
import type { Check } from './checks/check.ts';
import { checkConcurrency } from './checks/concurrency.ts';
import { checkCredentials } from './checks/credentials.ts';
import { checkEnvironment } from './checks/environment.ts';
import { checkHostKeys } from './checks/hostKeys.ts';
import { checkPermissions } from './checks/permissions.ts';
import { checkRollbackVersion } from './checks/rollbackVersion.ts';
import { checkRunName } from './checks/runName.ts';
import { checkScriptInjection } from './checks/scriptInjection.ts';
import { checkTimeout } from './checks/timeout.ts';
import { sources } from './checks/sources.ts';
import { applyEdits, SourceText } from './sourceText.ts';
import { Unreadable } from './yamlDocument.ts';

const checks: readonly Check[] = [
  checkRunName, checkPermissions, checkConcurrency, checkTimeout, checkEnvironment, checkActions, checkScriptInjection, checkRollbackVersion, checkHostKeys, checkCredentials,
];

/** Fixes that may change what a workflow does are for people to choose one by one. */
const careful: readonly Finding['code'][] = ['environment', 'persist-credentials', 'permissions', 'rollback-version', 'ssh-keyscan', 'host-key-checking'];

/** More rounds than any real file has findings. */
const mostRounds = 200;

/** The checks of workflow files, in the bundle that carries the YAML parser. */
export function createWorkflowChecks(): WorkflowChecks {
  return { check, mended, fixAll };
}

function check(path: string, content: string, facts: CheckFacts): readonly Finding[] {
  try {
    const workflow = readChecked(path, content, facts);
    if (!workflow.deploys) return [];
    return checks.flatMap((one) => one(workflow)).sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
  } catch (error) {
    // Without its YAML only a file's name tells whether it deploys.
    return isNamedDeploy(path) ? [unreadable(content, error)] : [];
  }
}

function mended(path: string, content: string, facts: CheckFacts, finding: Finding, fix: Fix): string | undefined {
  const before = check(path, content, facts);
  const after = applied(content, fix.edits);
  if (after === undefined) return undefined;
  const found = check(path, after, facts);
  const isGone = count(found, finding) < count(before, finding);
  return isGone && errors(found) <= errors(before) && found.every(({ code }) => code !== 'unreadable') ? after : undefined;
}

function fixAll(path: string, content: string, facts: CheckFacts): string {
  let best = content;
  const tried = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const next = check(path, best, facts).filter(({ code, fixes }) => !careful.includes(code) && fixes.length > 0).find((finding) => !tried.has(identity(finding)));
    const [first] = next?.fixes ?? [];
    if (!next || !first) break;
    const better = mended(path, best, facts, next, first);
    if (better === undefined) tried.add(identity(next));
    else best = better;
  }
  return best;
}

function identity({ code, range, message }: Finding): string {
  return JSON.stringify([code, range.start, message.values]);
}

function applied(content: string, edits: readonly TextEdit[]): string | undefined {
  try {
    return applyEdits(content, edits);
  } catch {
    return undefined;
  }
}

function count(findings: readonly Finding[], like: Finding): number {
  return findings.filter(({ code }) => code === like.code).length;
}

function errors(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

function unreadable(content: string, error: unknown): Finding {
  const source = new SourceText(content);
  const offset = error instanceof Unreadable ? Math.min(error.offset, content.length) : 0;
  const problem = error instanceof Unreadable ? error.message.replace(/^Line \d+: /, '') : 'It is nested too deeply.';
  const start = source.position(offset);
  return {
    code: 'unreadable',
    severity: 'error',
    range: { start, end: source.position(Math.max(offset, source.lineEnd(offset))) },
    message: text('This workflow cannot be read: {problem}', { problem }),
    why: text('GitHub does not run what it cannot read.'),
    source: sources.syntax,
    fixes: [],
  };
}

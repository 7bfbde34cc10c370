import type { Finding, TextEdit } from '../../core/finding.ts';
import { text } from '../../core/text.ts';
import type { CheckedStep, CheckedWorkflow } from '../checkedWorkflow.ts';
import { spanOf } from '../yamlTree.ts';
import { findingAt, fix, type Check } from './check.ts';
import { moveToEnv } from './moveToEnv.ts';
import { sources } from './sources.ts';

const off = /(StrictHostKeyChecking(?:\s*=\s*|\s+)["']?)(no|off|accept-new)\b/gi;
const nowhere = /(UserKnownHostsFile(?:\s*=\s*|\s+)["']?)(\/dev\/null)\b/gi;
const ansible = /\bhost_key_checking\s*=\s*(False)\b/gi;

/** The server proves that it is the server: its key is known beforehand and checked. */
export const checkHostKeys: Check = (workflow) => {
  const { tree, source } = workflow;
  const seen = new Set<unknown>();
  return workflow.jobs.flatMap((job) => {
    const scalars = tree.scalars(job.map, seen).filter(({ range }) => range);
    const findings = scalars.flatMap((scalar) => {
      const { from, to } = spanOf(scalar);
      const raw = uncommented(source.text.slice(from, to));
      return [
        ...[...raw.matchAll(off)].map((match) => unchecked(workflow, from + match.index + (match[1] ?? '').length, match[2] ?? '', 'yes')),
        ...[...raw.matchAll(nowhere)].map((match) => unchecked(workflow, from + match.index + (match[1] ?? '').length, match[2] ?? '', '~/.ssh/known_hosts')),
        ...[...raw.matchAll(ansible)].map((match) => unchecked(workflow, from + match.index + match[0].length - 5, match[1] ?? '', 'True')),
      ];
    });
    return [...findings, ...job.steps.flatMap((step) => scans(workflow, step))];
  });
};

function unchecked(workflow: CheckedWorkflow, at: number, word: string, better: string): Finding {
  return findingAt(workflow, { from: at, to: at + word.length }, {
    code: 'host-key-checking',
    severity: 'error',
    message: text('The server’s key is not checked.'),
    why: text('Anyone who can answer in the server’s place gets the release and whatever the job sends. Keep the server’s key in a variable and check it.'),
    source: sources.hostKeys,
    fixes: fix(text('Check the server’s key'), [workflow.source.replace(at, at + word.length, better)]),
  });
}

/** `ssh-keyscan` in a job trusts whoever answers, anew in each run. */
function scans(workflow: CheckedWorkflow, step: CheckedStep): readonly Finding[] {
  const value = step.run?.value;
  if (!value) return [];
  const { source } = workflow;
  const { from, to } = spanOf(value);
  const raw = uncommented(source.text.slice(from, to));
  return [...raw.matchAll(/\bssh-keyscan\b/g)].map((match) => {
    const at = from + match.index;
    return findingAt(workflow, { from: at, to: at + match[0].length }, {
      code: 'ssh-keyscan',
      severity: 'error',
      message: text('The job asks the network for the server’s key and trusts the answer.'),
      why: text('Each run starts on a fresh machine, so that it trusts whoever answers, each time. Read the key on the server once and keep it in a variable.'),
      source: sources.keyscan,
      fixes: fix(text('Take the key from the variable DEPLOY_KNOWN_HOSTS'), pinned(workflow, step, from, raw, match.index)),
    });
  });
}

/** Replaces a whole command `ssh-keyscan … >> file`; anything cleverer is left to people. */
function pinned(workflow: CheckedWorkflow, step: CheckedStep, from: number, raw: string, at: number): readonly TextEdit[] | undefined {
  const lineFrom = Math.max(raw.lastIndexOf('\n', at - 1), raw.lastIndexOf('\r', at - 1)) + 1;
  const line = /^[^\r\n]*/.exec(raw.slice(lineFrom))?.[0] ?? '';
  const command = /^(\s*(?:run:\s*)?)(ssh-keyscan(?:\s+[^\s|&;<>]+)*?(?:\s+2>\s*\S+)?\s*(>>?)\s*([^\s|&;<>"']+|"[^"]+")(?:\s+2>\s*\S+)?)\s*$/.exec(line);
  if (!command) return undefined;
  const start = from + lineFrom + (command[1] ?? '').length;
  return moveToEnv(workflow, step, [{ from: start, to: start + (command[2] ?? '').length, replacement: (name) => `printf '%s\\n' "\${${name}}" ${command[3]} ${command[4]}` }], {
    name: 'DEPLOY_KNOWN_HOSTS',
    value: '${{ vars.DEPLOY_KNOWN_HOSTS }}',
  });
}

/** The same length, with the shell's comments blanked. */
function uncommented(script: string): string {
  return script.replace(/(^|[\r\n])([\t ]*)(#[^\r\n]*)/g, (_all, start: string, blank: string, comment: string) => start + blank + ' '.repeat(comment.length));
}

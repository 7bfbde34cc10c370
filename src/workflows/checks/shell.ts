import type { CheckedJob, CheckedStep, CheckedWorkflow } from '../checkedWorkflow.ts';

export type Shell = 'posix' | 'powershell' | 'other';

/** The shell that runs a step: its own, the job's, the workflow's, or the machine's. */
export function shellOf({ tree, root }: CheckedWorkflow, job: CheckedJob, step: CheckedStep): Shell {
  const named = tree.word(tree.value(step.node, 'shell')) ?? tree.word(tree.value(job.map, 'defaults', 'run', 'shell')) ?? tree.word(tree.value(root, 'defaults', 'run', 'shell'));
  if (named !== undefined) {
    if (/^(?:ba|da|z)?sh\b/.test(named)) return 'posix';
    return /^(?:pwsh|powershell)\b/.test(named) ? 'powershell' : 'other';
  }
  const machine = tree.scalars(tree.value(job.map, 'runs-on')).map((scalar) => String(scalar.value)).join(' ');
  if (/windows/i.test(machine)) return 'powershell';
  // Which machine an expression gives is not known here.
  return machine.includes('${{') && tree.scalars(tree.value(job.map, 'strategy')).some((scalar) => /windows/i.test(String(scalar.value))) ? 'other' : 'posix';
}

/** How a place of a script is quoted; `unsure` in a here-document. */
export type Quoting = 'none' | 'single' | 'double' | 'unsure';

/** How the end of `script` is quoted in a POSIX shell. Expressions of Actions are filled in before the shell sees them and count as plain text. */
export function quotingAtEnd(script: string): Quoting {
  const text = script.replace(/\$\{\{[\s\S]*?\}\}/g, (expression) => '_'.repeat(expression.length));
  if (/(?<!<)<<-?[\t ]*["'\\]?\w/.test(text)) return 'unsure';
  /** What each `$(` was opened in. */
  const outer: ('none' | 'double')[] = [];
  let state: 'none' | 'single' | 'double' = 'none';
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (state === 'single') {
      if (character === "'") state = 'none';
    } else if (character === '\\') at++;
    else if (character === '"') state = state === 'double' ? 'none' : 'double';
    else if (text.startsWith('$(', at)) {
      outer.push(state);
      state = 'none';
      at++;
    } else if (state === 'none') {
      if (character === "'") state = 'single';
      else if (character === ')' && outer.length > 0) state = outer.pop() ?? 'none';
      else if (character === '#' && (at === 0 || /\s/.test(text[at - 1] ?? ''))) while (at + 1 < text.length && text[at + 1] !== '\n') at++;
    }
  }
  return state;
}

import { DeployError } from '../core/deployError.ts';
import type { DispatchCall } from '../core/gitHub.ts';
import { messageOf, type Answer } from './answer.ts';
import { refusal, repositoryArchived } from './errors.ts';

/**
 * Why GitHub refused a dispatch. Its sentences are told apart by their words, for they carry no code; what they quote of the inputs'
 * values stays out of the error's facts for the log.
 */
export function dispatchRefusal(answer: Answer, call: DispatchCall, host: string): DeployError {
  const said = messageOf(answer.body);
  const values = { workflow: call.workflow, ref: call.ref };
  const general = refusal(answer, host, true);
  if (general.kind === 'missingScope') return general;
  if (answer.status === 404) {
    return new DeployError('forbidden', 'The workflow {workflow} does not exist on the default branch, or your account may not run it.', {
      values, actions: ['openOnGitHub', 'useToken'], detail: '404 at the dispatch',
    });
  }
  if (answer.status !== 422 && answer.status !== 400) return general;
  if (/no ref found|reference does not exist|not a valid ref/i.test(said)) {
    return new DeployError('refNotFound', 'GitHub knows no branch or tag “{ref}”.', { values, actions: ['openOnGitHub'], detail: '422 no ref' });
  }
  if (/does not have '?workflow_dispatch'? trigger/i.test(said)) {
    return new DeployError('noDispatchTrigger', 'The workflow {workflow} cannot be started by hand on “{ref}”: its file there has no workflow_dispatch trigger.', {
      values, actions: ['openOnGitHub'], detail: '422 no trigger',
    });
  }
  if (/disabled workflow|workflow is disabled/i.test(said)) {
    return new DeployError('workflowDisabled', 'The workflow {workflow} is disabled. Enable it on GitHub.', { values, actions: ['openOnGitHub'], detail: '422 disabled' });
  }
  if (/archived/i.test(said)) return repositoryArchived(`${answer.status} archived`);
  const inputs = inputNames(said, call).join(', ');
  return new DeployError('inputRejected', 'GitHub refused the inputs of {workflow} on “{ref}” ({inputs}): {reason}', {
    values: { ...values, inputs: inputs === '' ? '–' : inputs, reason: said }, actions: ['openOnGitHub'], detail: `${answer.status} inputs ${inputs}`,
  });
}

/** True when a server refuses the request because it does not know `return_run_details`; such a refusal proves that nothing was started. */
export function isAboutRunDetails({ status, body }: Answer): boolean {
  return (status === 422 || status === 400) && /return_run_details/.test(messageOf(body));
}

/** Names that the sentence mentions: unexpected ones, missing ones (`Required input 'x' not provided`), and those with a wrong value. */
function inputNames(said: string, call: DispatchCall): readonly string[] {
  const unexpected = /unexpected inputs provided:\s*\[([^\]]*)\]/i.exec(said)?.[1]?.match(/[\w-]+/g) ?? [];
  const named = [...said.matchAll(/input '([\w-]+)'/gi)].map((match) => match[1] ?? '');
  const known = unexpected.length + named.length > 0 ? [] : Object.keys(call.inputs).filter((name) => said.includes(`'${name}'`) || said.includes(`"${name}"`));
  return [...new Set([...unexpected, ...named, ...known])];
}

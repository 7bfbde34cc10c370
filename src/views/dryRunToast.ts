import { plainText } from '../core/plainText.ts';
import { text } from '../core/text.ts';
import type { Toast, ToastAction } from './toastFor.ts';
import type { Reader } from './reader.ts';

/** What becomes of a dry run: it changes nothing, so nothing is said to be live and no way back is offered. */
export function dryRunToast(
  outcome: 'waiting' | 'succeeded' | 'failed' | 'cancelled',
  environment: string,
  names: string,
  { openLog, openRun, whileWaiting }: { readonly openLog: ToastAction; readonly openRun: ToastAction; readonly whileWaiting: readonly ToastAction[] },
  { say }: Reader,
): Toast {
  const values = { environment: plainText(environment, 40) };
  switch (outcome) {
    case 'waiting': {
      const message = names === '' ? text('The dry run of {environment} waits for approval. It changes nothing.', values) : text('The dry run of {environment} waits for the approval of {names}. It changes nothing.', { ...values, names });
      return { severity: 'information', message: say(message), actions: whileWaiting };
    }
    case 'succeeded':
      return { severity: 'information', message: say(text('The dry run of {environment} succeeded: the server is ready for deploys.', values)), actions: [openRun] };
    case 'failed':
      return { severity: 'error', message: say(text('The dry run of {environment} failed. Nothing was changed.', values)), actions: [openLog, openRun] };
    case 'cancelled':
      return { severity: 'warning', message: say(text('The dry run of {environment} was cancelled. Nothing was changed.', values)), actions: [openRun] };
  }
}

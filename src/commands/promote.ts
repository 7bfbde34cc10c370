import { planPromotion } from '../app/promote.ts';
import type { Command } from './commandContext.ts';
import { confirmAndSend } from './deployFlow.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';

/** Promote Staging to Production: ships to production what staging runs. */
export const promote: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  await loadedState(session, signal);
  await confirmAndSend(context, session, () => planPromotion(session, signal), { signal });
};

import { DeployError } from '../core/deployError.ts';
import type { Answer } from './answer.ts';
import { refusal } from './errors.ts';
import type { Parameters, Wire } from './wire.ts';

/** Sends a write once and hands back its answer, a refusal included; without an answer it throws `unknownOutcome`. */
export async function attempt(wire: Wire, route: string, parameters: Parameters): Promise<Answer> {
  const host = wire.host.authority;
  const sent = await wire.send(route, parameters);
  if (sent.kind === 'lost') throw unconfirmed(host, sent.reason);
  const { answer } = sent;
  if (answer.status >= 500 || answer.status === 408) throw unconfirmed(host, `HTTP ${answer.status}`);
  return answer;
}

/** The same for a write that must succeed: a refusal is thrown. */
export async function write(wire: Wire, route: string, parameters: Parameters): Promise<Answer> {
  const answer = await attempt(wire, route, parameters);
  if (answer.status >= 300) throw refusal(answer, wire.host.authority, true);
  return answer;
}

function unconfirmed(host: string, detail: string): DeployError {
  return new DeployError('unknownOutcome', '{host} did not confirm the change. It may have taken effect; check the setup again before you repeat it.', {
    values: { host }, actions: ['retry', 'showLog'], detail,
  });
}

import type { DispatchAnswer, DispatchCall } from '../core/gitHub.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { field, type Answer } from './answer.ts';
import { dispatchRefusal, isAboutRunDetails } from './dispatchRefusal.ts';
import { repositoryPath } from './repositoryPath.ts';
import { fileName } from './runs.ts';
import type { Sent, Wire } from './wire.ts';

const route = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';

/** Starts workflows, exactly once each, and learns whether the host can name the run that it starts. */
export class Dispatcher {
  readonly #wire: Wire;
  #knowsRunDetails = true;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  async dispatch(repository: RepositoryId, call: DispatchCall, signal?: AbortSignal): Promise<DispatchAnswer> {
    const sent = await this.#send(repository, call, this.#knowsRunDetails, signal);
    if (!this.#knowsRunDetails || sent.kind === 'lost' || !isAboutRunDetails(sent.answer)) return this.#understand(sent, call);
    this.#knowsRunDetails = false;
    return this.#understand(await this.#send(repository, call, false, signal), call);
  }

  #send(repository: RepositoryId, { workflow, ref, inputs }: DispatchCall, withDetails: boolean, signal: AbortSignal | undefined): Promise<Sent> {
    const body = { ref, ...(Object.keys(inputs).length > 0 ? { inputs } : {}), ...(withDetails ? { return_run_details: true } : {}) };
    return this.#wire.send(route, { ...repositoryPath(repository), workflow_id: fileName(workflow), ...body }, signal);
  }

  /** 200 with the run, 204, or any other success is acceptance; silence, a server's own error and a broken answer prove nothing. */
  #understand(sent: Sent, call: DispatchCall): DispatchAnswer {
    if (sent.kind === 'lost') return { kind: 'unconfirmed', sentAt: sent.sentAt, reason: sent.reason };
    const { answer, at, sentAt } = sent;
    if (answer.status >= 500 || answer.status === 408) return { kind: 'unconfirmed', sentAt, reason: `HTTP ${answer.status}` };
    if (answer.status >= 300) throw dispatchRefusal(answer, call, this.#wire.host.authority);
    if (answer.isMalformed || typeof answer.body === 'string') return { kind: 'unconfirmed', sentAt, reason: 'malformed answer' };
    return started(answer, at) ?? { kind: 'accepted', at };
  }
}

function started({ body }: Answer, at: number): DispatchAnswer | undefined {
  const runId = field(body, 'workflow_run_id');
  const url = field(body, 'html_url');
  return typeof runId === 'number' && Number.isSafeInteger(runId) ? { kind: 'started', runId, url: typeof url === 'string' ? url : '', at } : undefined;
}

import type { RowArgument } from '../core/rowArgument.ts';

/** Which job's log a document shows. */
export interface LogAddress {
  readonly repositoryKey: string;
  readonly runId: number;
  readonly jobId: number;
}

/** The scheme of log documents. */
export const logScheme = 'boussole-log';

/** The address as the query of a document's URI; it outlives the window, so that a reload can read the log again. */
export function logQuery({ repositoryKey, runId, jobId }: LogAddress): string {
  return new URLSearchParams({ repository: repositoryKey, run: String(runId), job: String(jobId) }).toString();
}

/** The address in a query; `undefined` when it holds none. */
export function logAddress(query: string): LogAddress | undefined {
  const parameters = new URLSearchParams(query);
  const repositoryKey = parameters.get('repository');
  const [runId, jobId] = [Number(parameters.get('run')), Number(parameters.get('job'))];
  return repositoryKey !== null && runId > 0 && jobId > 0 ? { repositoryKey, runId, jobId } : undefined;
}

/** What the document's tab says; no slash, which would look like a folder. */
export function logTitle({ runId }: Pick<RowArgument, 'runId'>, jobName: string): string {
  return `${jobName.replace(/[/\\:]+/g, '-')} ${runId ?? ''}.log`;
}

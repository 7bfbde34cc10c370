import {
  FoldingRange, FoldingRangeKind, languages, Range, TextEditorRevealType, Uri, window, workspace,
  type FoldingRangeProvider, type TextDocument, type TextDocumentContentProvider,
} from 'vscode';
import { readJobLog, type JobLog } from '../app/jobLog.ts';
import type { Sessions } from '../app/sessions.ts';
import type { Disposable } from '../core/clock.ts';
import { DeployError } from '../core/deployError.ts';
import { plainText } from '../core/plainText.ts';
import { fullName, repositoryKey } from '../core/repositoryId.ts';
import { runTitle } from '../core/runTitle.ts';
import { text } from '../core/text.ts';
import { readerAt, say } from './localize.ts';
import { logAddress, logQuery, logScheme, logTitle, type LogAddress } from './logAddress.ts';
import { logContent, type LogContent } from './logContent.ts';

/** Logs of finished jobs as read-only documents. A finished job's log never changes, so each is read once while it is open. */
export class LogDocuments implements TextDocumentContentProvider, FoldingRangeProvider, Disposable {
  readonly #sessions: Sessions;
  readonly #contents = new Map<string, LogContent>();
  readonly #disposables: Disposable[];

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#disposables = [
      languages.registerFoldingRangeProvider({ scheme: logScheme }, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#contents.delete(uri.query)),
    ];
  }

  /** Opens a job's log with what failed in sight. */
  async open(address: LogAddress, signal?: AbortSignal): Promise<void> {
    const { content, read } = await this.#read(address, signal);
    this.#contents.set(logQuery(address), content);
    const uri = Uri.from({ scheme: logScheme, path: `/${logTitle(address, plainText(read.job.name, 60))}`, query: logQuery(address) });
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, 'log');
    const editor = await window.showTextDocument(document, { preview: true });
    editor.revealRange(new Range(content.focusLine, 0, content.focusLine, 0), TextEditorRevealType.InCenterIfOutsideViewport);
  }

  async provideTextDocumentContent(uri: Uri, token?: { readonly onCancellationRequested: (cancel: () => void) => { dispose(): unknown } }): Promise<string> {
    const known = this.#contents.get(uri.query);
    if (known) return known.text;
    const address = logAddress(uri.query);
    if (!address) return say(text('This address names no log.'));
    const cancelling = new AbortController();
    const subscription = token?.onCancellationRequested(() => cancelling.abort());
    try {
      const { content } = await this.#read(address, cancelling.signal);
      this.#contents.set(uri.query, content);
      return content.text;
    } finally {
      subscription?.dispose();
    }
  }

  provideFoldingRanges({ uri }: Pick<TextDocument, 'uri'>): FoldingRange[] {
    return (this.#contents.get(uri.query)?.folds ?? []).map(({ start, end }) => new FoldingRange(start, end, FoldingRangeKind.Region));
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#contents.clear();
  }

  async #read({ repositoryKey: key, runId, jobId }: LogAddress, signal?: AbortSignal): Promise<{ readonly content: LogContent; readonly read: JobLog }> {
    const session = this.#sessions.all.find(({ repository }) => repositoryKey(repository) === key);
    if (!session) throw new DeployError('noRepository', 'The repository of this log is not open in this window.');
    const read = await readJobLog(session, runId, jobId, signal);
    const heading = [[fullName(session.repository), read.run && runTitle(read.run)].filter((part) => part !== undefined).join(' · '), ...(read.job.url === undefined ? [] : [read.job.url])];
    return { content: logContent(read.log, read.job, heading, readerAt(session.github.serverNow())), read };
  }
}

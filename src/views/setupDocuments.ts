import { commands, l10n, Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import { setupBranch, type PipelineChange } from '../app/pipelineChange.ts';
import type { Disposable } from '../core/clock.ts';

const scheme = 'boussole-setup';

/** What Set Up shows to be read: files as they are and as they would be, and the server's script. Nothing of it is on disk. */
export class SetupDocuments implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration: Disposable;
  #count = 0;

  constructor() {
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, this);
  }

  /** All files that would change, in one editor: the base branch on the left, what would be committed on the right. */
  async showChanges(repository: string, { base, files }: PipelineChange): Promise<void> {
    const resources = files.map(({ path, before, after }) => {
      const modified = this.#uri(path, setupBranch, after.text);
      return [modified, before === undefined ? undefined : this.#uri(path, base, before), modified];
    });
    const title = l10n.t('Set Up {repository}', { repository });
    await commands.executeCommand('vscode.changes', title, resources);
  }

  /** A text in an editor of its own, read-only. */
  async showText(name: string, text: string): Promise<void> {
    await window.showTextDocument(await workspace.openTextDocument(this.#uri(name, 'server', text)), { preview: true });
  }

  /** Empty after a reload: what was shown then may not be what would be written now. */
  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#registration.dispose();
    this.#texts.clear();
  }

  /** The address names the text, so that an editor which is still open never shows another one. */
  #uri(path: string, side: string, text: string): Uri {
    const uri = Uri.from({ scheme, path: `/${path}`, query: `${side} ${this.#count++}` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}

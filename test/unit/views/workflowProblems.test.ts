import assert from 'node:assert/strict';
import type { CodeAction as RealAction, CodeActionContext, TextDocument } from 'vscode';
import type { CheckFacts } from '../../../src/core/finding.ts';
import { WorkflowFixes } from '../../../src/views/workflowFixes.ts';
import { WorkflowProblems } from '../../../src/views/workflowProblems.ts';
import { createWorkflowChecks } from '../../../src/workflows/workflowChecks.ts';
import { CodeActionKind, Range, resetVscode, Uri, workspace } from '../../support/fakeVscode.ts';
import { CodeAction, FakeDocument, shownProblems, type WorkspaceEdit } from '../../support/fakeVscode/problems.ts';
import { workspaceState } from '../../support/fakeVscode/workspace.ts';
import { ListLog } from '../../support/listLog.ts';
import { messyWorkflows } from '../../support/messyWorkflows.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const root = '/projects/crm';
const messy = messyWorkflows['deploy.yml'] ?? '';
const tidy = 'name: Deploy\nrun-name: Deploy ${{ github.sha }}\npermissions: {}\non: push\njobs:\n  deploy:\n    timeout-minutes: 5\n    environment: production\n    concurrency: { group: production, queue: max }\n    runs-on: ubuntu-latest\n    steps: [{ run: ./deploy }]\n';
const uriOf = (path: string) => Uri.file(`${root}/${path}`);
const deploy = uriOf('.github/workflows/deploy.yml');

const codes = (uri = deploy) => shownProblems.get(uri.toString())?.map(({ code }) => (code as { value: string }).value);

function rig() {
  workspace.workspaceFolders = [{ uri: Uri.file(root), name: 'crm', index: 0 }];
  const clock = new VirtualClock();
  let facts: CheckFacts = { environments: ['production', 'staging'], owner: 'acme' };
  const checks = createWorkflowChecks();
  const asked: string[] = [];
  const problems = new WorkflowProblems({ checks: () => Promise.resolve(checks), facts: () => facts, clock, log: new ListLog() });
  const fixes = new WorkflowFixes({
    problems,
    checks: () => Promise.resolve(checks),
    resolveAction: (_uri, action, tag) => {
      asked.push(`${action}@${tag}`);
      return Promise.resolve(action.startsWith('actions/') ? 'c'.repeat(40) : undefined);
    },
  });
  return {
    clock, problems, fixes, asked,
    setFacts: (next: CheckFacts) => (facts = next),
    open: (uri: Uri, text: string) => {
      const document = new FakeDocument(uri, text);
      workspace.textDocuments = [...workspace.textDocuments, document];
      workspaceState.opened.fire(document);
      return document;
    },
    close: (document: FakeDocument) => {
      document.isClosed = true;
      workspace.textDocuments = workspace.textDocuments.filter((one) => one !== document);
      workspaceState.closed.fire(document);
    },
    /** What the light bulb offers on the first problem with this code. */
    offers: async (document: FakeDocument, code: string, only?: CodeActionKind): Promise<readonly CodeAction[]> => {
      const diagnostics = (shownProblems.get(document.uri.toString()) ?? []).filter((one) => (one.code as { value: string }).value === code).slice(0, 1);
      const actions = await fixes.provideCodeActions(document as unknown as TextDocument, new Range(0, 0, 0, 0) as never, { diagnostics, only, triggerKind: 1 } as unknown as CodeActionContext);
      return actions as unknown as CodeAction[];
    },
    resolve: async (action: CodeAction): Promise<CodeAction> =>
      (await fixes.resolveCodeAction(action as unknown as RealAction, { onCancellationRequested: () => undefined })) as unknown as CodeAction,
  };
}

describe('the problems of workflow files', () => {
  afterEach(resetVscode);

  it('are shown in open workflows of the folder, and nowhere else', async () => {
    const { open, clock } = rig();
    open(deploy, messy);
    open(uriOf('.github/workflows/notes.md'), messy);
    open(uriOf('deploy.yml'), messy);
    open(Uri.file('/elsewhere/.github/workflows/deploy.yml'), messy);
    await clock.advance(0);
    assert.deepEqual([...shownProblems.keys()], [deploy.toString()]);
    assert.ok(codes()?.includes('timeout'));
    const [first] = shownProblems.get(deploy.toString()) ?? [];
    assert.equal(first?.source, 'Boussole');
    assert.match(first.message, /^The workflow has no run-name .*\. Without the version in its title/);
    assert.match(String((first.code as { target: Uri }).target), /^https:/);
  });

  it('follow what is typed, after a pause', async () => {
    const { open, clock } = rig();
    const document = open(deploy, messy);
    await clock.advance(0);
    document.text = tidy;
    workspaceState.changed.fire({ document });
    await clock.advance(200);
    workspaceState.changed.fire({ document });
    await clock.advance(200);
    assert.notDeepEqual(codes(), []);
    await clock.advance(60);
    assert.deepEqual(codes(), []);
    assert.equal(clock.waiting, 0);
  });

  it('go with the document, until the whole folder was asked for', async () => {
    const { open, close, clock, problems } = rig();
    workspaceState.disk.set(deploy.path, tidy);
    const document = open(deploy, messy);
    await clock.advance(0);
    close(document);
    assert.equal(codes(), undefined);
    workspaceState.disk.set(uriOf('.github/workflows/rollback.yml').path, messyWorkflows['rollback.yml'] ?? '');
    workspaceState.disk.set(uriOf('.github/workflows/README.md').path, 'x');
    await problems.checkFolders([Uri.file(root)]);
    assert.deepEqual(codes(), []);
    assert.ok(codes(uriOf('.github/workflows/rollback.yml'))?.includes('rollback-version'));
    assert.deepEqual([problems.count.files, problems.count.looked], [1, 2]);
    close(open(deploy, messy));
    await clock.advance(0);
    assert.deepEqual(codes(), [], 'what was typed and not kept is gone');
    workspaceState.disk.set(deploy.path, messy);
    workspaceState.saved.changed.fire(deploy);
    await clock.advance(0);
    assert.ok(codes()?.includes('timeout'));
    workspaceState.saved.deleted.fire(deploy);
    assert.equal(codes(), undefined);
  });

  it('are found anew when more is known, and end with the product', async () => {
    const { open, clock, problems, setFacts } = rig();
    setFacts({ environments: undefined, owner: undefined });
    open(deploy, tidy.replace('environment: production', 'environment: europe'));
    await clock.advance(0);
    assert.deepEqual(codes(), []);
    setFacts({ environments: ['production'], owner: undefined });
    problems.refresh();
    await clock.advance(0);
    assert.deepEqual(codes(), ['environment']);
    problems.dispose();
    assert.equal(codes(), undefined);
    assert.deepEqual([workspaceState.opened.listenerCount, workspaceState.changed.listenerCount, workspaceState.closed.listenerCount], [0, 0, 0]);
  });
});

describe('the quick fixes of workflow files', () => {
  afterEach(resetVscode);

  it('mend a problem and leave the others', async () => {
    const { open, clock, offers } = rig();
    const document = open(deploy, messy);
    await clock.advance(0);
    const before = codes()?.length ?? 0;
    const [fix, all] = await offers(document, 'environment');
    assert.deepEqual([fix?.title, fix?.isPreferred, all?.title], ['Change to “production”', true, 'Fix everything that needs no decision']);
    document.apply(fix?.edit as WorkspaceEdit);
    workspaceState.changed.fire({ document });
    assert.deepEqual(await offers(document, 'timeout'), [], 'nothing is offered on an older text');
    await clock.advance(300);
    assert.ok(!codes()?.includes('environment'));
    assert.equal(codes()?.length, before - 1);
  });

  it('mend all at once, by the light bulb or on save', async () => {
    const { open, clock, offers } = rig();
    const document = open(deploy, messy);
    await clock.advance(0);
    assert.equal((await offers(document, 'nothing')).length, 0);
    const [onSave, ...others] = await offers(document, 'timeout', CodeActionKind.SourceFixAll);
    assert.deepEqual([onSave?.kind?.value, others], ['source.fixAll.boussole', []]);
    document.apply(onSave?.edit as WorkspaceEdit);
    workspaceState.changed.fire({ document });
    await clock.advance(300);
    for (const code of ['run-name', 'timeout', 'concurrency', 'script-injection']) assert.ok(!codes()?.includes(code), code);
    for (const code of ['environment', 'ssh-keyscan', 'host-key-checking']) assert.ok(codes()?.includes(code), `${code} is a person’s to decide`);
  });

  it('look a commit up only for who chooses to pin', async () => {
    const { open, clock, offers, resolve, asked } = rig();
    const text = tidy.replace('steps: [{ run: ./deploy }]', 'steps:\n      - uses: actions/checkout@v5 # sources\n        with: { key: "${{ secrets.KEY }}" }\n      - uses: other/action@v1\n');
    const document = open(deploy, text);
    await clock.advance(0);
    const pins = (await offers(document, 'unpinned-action')).filter(({ title }) => title.startsWith('Pin '));
    assert.deepEqual(pins.map(({ title }) => title), ['Pin actions/checkout to the commit of v5']);
    assert.deepEqual(asked, []);
    const [pin] = pins;
    assert.ok(pin);
    document.apply((await resolve(pin)).edit as WorkspaceEdit);
    assert.deepEqual(asked, ['actions/checkout@v5']);
    assert.match(document.text, new RegExp(`- uses: actions/checkout@${'c'.repeat(40)} # v5\\n`));
  });

  it('change nothing where no commit is known', async () => {
    const { open, clock, offers, resolve } = rig();
    const document = open(deploy, tidy.replace('steps: [{ run: ./deploy }]', 'steps:\n      - uses: other/action@v1\n        with: { key: "${{ secrets.KEY }}" }\n'));
    await clock.advance(0);
    const [pin] = await offers(document, 'unpinned-action');
    assert.ok(pin);
    assert.equal((await resolve(pin)).edit, undefined);
  });
});

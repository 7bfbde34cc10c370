import assert from 'node:assert/strict';
import { back } from '../../../src/host/prompts.ts';
import { windowPrompts } from '../../../src/host/windowPrompts.ts';
import { resetVscode, window } from '../../support/fakeVscode.ts';
import { person } from '../../support/fakeVscode/script.ts';

describe('windowPrompts', () => {
  beforeEach(() => resetVscode());
  afterEach(() => resetVscode());

  const choices = [
    { label: 'one', value: 1, disabled: 'not today' },
    { label: 'two', value: 2, heading: 'Possible' },
    { label: 'three', value: 3 },
  ];

  it('preselects the first that can be chosen, or the one named', async () => {
    person.answers('⏎', '⏎');
    assert.equal(await windowPrompts.pick({ title: 'Which?', choices }), 2);
    assert.equal(await windowPrompts.pick({ title: 'Which?', choices, active: (value) => value === 3 }), 3);
    assert.deepEqual(person.shown[0]?.choices, ['one', '— Possible', 'two', 'three']);
  });

  it('refuses what is disabled and stays open', async () => {
    person.answers('one', 'three');
    assert.equal(await windowPrompts.pick({ title: 'Which?', choices }), 3);
  });

  it('answers undefined for Escape and back for the back button', async () => {
    person.answers(undefined, '←', undefined);
    assert.equal(await windowPrompts.pick({ title: 'Which?', choices }), undefined);
    assert.equal(await windowPrompts.pick({ title: 'Which?', choices, step: { number: 2, of: 3, canGoBack: true } }), back);
    assert.equal(await windowPrompts.input({ title: 'Why?' }), undefined);
  });

  it('waits for choices that come later, and throws when they do not come', async () => {
    person.answers('two');
    assert.equal(await windowPrompts.pick({ title: 'Which?', choices: Promise.resolve(choices) }), 2);
    await assert.rejects(windowPrompts.pick({ title: 'Which?', choices: Promise.reject(new Error('offline')) }), /offline/);
  });

  it('lets foreign text neither draw icons nor hide or reorder anything', async () => {
    person.answers('⏎');
    await windowPrompts.pick({ title: 'Which?', choices: [{ label: '$(trash) fix\u202E\u0007 it\nnow', value: 1 }] });
    assert.deepEqual(person.shown[0]?.choices, [String.raw`\$(trash) fix it now`]);
  });

  it('says what is wrong with an input and waits for a better one', async () => {
    const box = window.createInputBox();
    assert.ok(box);
    person.answers('later');
    assert.equal(await windowPrompts.input({ title: 'Why?', validate: (value) => (value === '' ? 'Say something.' : undefined) }), 'later');
  });

  it('confirms in a modal dialog', async () => {
    person.answers('Deploy', undefined);
    const confirmation = { message: 'Deploy v1 to production?', detail: '7 commits', buttons: [{ label: 'Deploy v1', value: 'go' }] };
    assert.equal(await windowPrompts.confirm(confirmation), 'go');
    assert.equal(await windowPrompts.confirm(confirmation), undefined);
    assert.equal(person.shown[0]?.modal, true);
  });

  it('keeps dialogs and prompts of others’ words to what they are', async () => {
    person.answers(`Deploy v1 ${'x'.repeat(200)}`.slice(0, 20), 'later');
    const label = `Deploy v1 \u202E${'x'.repeat(200)}`;
    assert.equal(await windowPrompts.confirm({ message: `Deploy v1\u202E ${'y'.repeat(10_000)}?`, detail: 'one\n\ntwo\u0007', buttons: [{ label, value: 'go' }] }), 'go');
    const [dialog] = person.shown;
    assert.ok((dialog?.message.length ?? 0) <= 300 && !/\u202E/.test(dialog?.message ?? ''));
    assert.equal(dialog?.detail, 'one\n\ntwo');
    await windowPrompts.input({ title: 'Input\nx', prompt: '[here](command:workbench.action.quit)' });
    assert.equal(person.shown[1]?.message, 'Input x');
  });
});

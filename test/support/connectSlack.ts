import type { Page } from 'playwright-core';
import { DEMO_SLACK_TOKEN } from '../../src/simulator/slack/workspace.ts';
import { notification, question } from './onScreen.ts';
import { runCommand } from './runCommand.ts';

/** The words of the window's language that a person reads while connecting Slack. */
export interface SlackWords {
  readonly command: string;
  readonly way: string;
  readonly token: string;
  readonly channel: string;
  readonly done: string;
}

const english: SlackWords = { command: 'Boussole: Connect Slack…', way: 'Bot Token', token: 'Slack Bot Token', channel: 'Slack Channel', done: 'Connected to Lumen' };

/** Connects the simulated Slack as a person does: by command, with a bot token, to the channel that is proposed, #deploys. */
export async function connectSlack(page: Page, words: SlackWords = english): Promise<void> {
  await runCommand(page, words.command);
  await question(page).locator('.monaco-list-row.focused').filter({ hasText: words.way }).waitFor();
  await page.keyboard.press('Enter');
  await question(page).getByText(words.token, { exact: true }).waitFor();
  await page.keyboard.type(DEMO_SLACK_TOKEN);
  await page.keyboard.press('Enter');
  await question(page).getByText(words.channel, { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  const said = notification(page, words.done);
  await said.waitFor();
  await said.hover();
  await said.locator('.codicon-notifications-clear').click();
  await said.waitFor({ state: 'detached' });
}

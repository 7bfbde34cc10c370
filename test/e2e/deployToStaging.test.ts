import assert from 'node:assert/strict';
import { connectSlack, type SlackWords } from '../support/connectSlack.ts';
import { eventually } from '../support/eventually.ts';
import { notification, openBoussole, question, resizeSideBar, rows, statusBarItem } from '../support/onScreen.ts';
import { slackCalls, told, writes } from '../support/received.ts';
import { openVsCode } from '../support/vscodeWindow.ts';
import { advanceUntil, callOffDeploys, conclusionOf, dispatchedRun, isAtStep } from '../support/worldTime.ts';

/** What a person reads on the way, in the window's language. */
interface Words {
  readonly locale: 'en' | 'fr';
  readonly views: { readonly environments: string; readonly runs: string };
  readonly slack: SlackWords;
  readonly command: string;
  readonly confirmation: string;
  readonly queued: RegExp;
  readonly deploying: RegExp;
  readonly live: string;
  readonly deployed: RegExp;
  readonly notice: RegExp;
  readonly upToDate: RegExp;
  readonly started: string;
  readonly told: string;
}

const languages: Readonly<Record<string, Words>> = {
  English: {
    locale: 'en',
    views: { environments: 'Environments', runs: 'Runs' },
    slack: { command: 'Boussole: Connect Slack…', way: 'Bot Token', token: 'Slack Bot Token', channel: 'Slack Channel', done: 'Connected to Lumen' },
    command: 'Boussole: Deploy to Staging',
    confirmation: 'Deploy develop to staging',
    queued: /staging develop: queued/,
    deploying: /develop deploying \d+m of ~\d+m/,
    live: 'in progress',
    deployed: /staging develop: deployed/,
    notice: /develop is live in staging\. It took \d+m/,
    upToDate: /up to date/,
    started: 'Deploying develop to staging',
    told: 'Deployed develop to staging',
  },
  French: {
    locale: 'fr',
    views: { environments: 'Environnements', runs: 'Exécutions' },
    slack: { command: 'Boussole: Connecter Slack…', way: 'Jeton de bot', token: 'Jeton de bot Slack', channel: 'Canal Slack', done: 'Connecté à Lumen' },
    command: 'Boussole: Déployer en préproduction',
    confirmation: 'Déployer develop sur staging',
    queued: /staging develop\s: en file d’attente/,
    deploying: /develop en déploiement \d+\smin/,
    live: 'en cours',
    deployed: /staging develop\s: déployé/,
    notice: /develop est en ligne sur staging\. Durée\s: \d+/,
    upToDate: /à jour/,
    started: 'Déploiement de develop sur staging en cours',
    told: 'develop est déployé sur staging',
  },
};

for (const [language, words] of Object.entries(languages)) {
  describe(`Deploy to Staging, in ${language}`, () => {
    it('takes two Enters, is followed to its end, and is told in one Slack message', async () => {
      const { page, sim, screenshot, picture, runCommand } = await openVsCode({ locale: words.locale, prepare: callOffDeploys });
      const staging = rows(page, words.views.environments, 'staging').first();
      await openBoussole(page);
      await resizeSideBar(page, 440);
      await staging.filter({ hasText: /v1\.39\.0-rc\.1.*\+\d+ commits/ }).waitFor();
      const waiting = /\+(\d+) commits/.exec((await staging.textContent()) ?? '')?.[1];
      await connectSlack(page, words.slack);

      await runCommand(words.command);
      await question(page).locator('.monaco-list-row.focused').filter({ hasText: /^develop/ }).waitFor();
      await screenshot(`staging-${words.locale}-1-version`);
      await page.keyboard.press('Enter');
      await question(page).locator('.monaco-list-row.focused').filter({ hasText: words.confirmation }).filter({ hasText: `${waiting} commits, ` }).waitFor();
      await screenshot(`staging-${words.locale}-2-confirmation`);
      if (words.locale === 'en') await picture('confirm');
      assert.deepEqual(writes(sim), [], 'nothing is sent before the second Enter');
      await page.keyboard.press('Enter');

      await statusBarItem(page).filter({ hasText: words.queued }).waitFor();
      assert.deepEqual(writes(sim), ['POST /actions/workflows/deploy.yml/dispatches']);
      const run = await dispatchedRun(sim, 'deploy.yml');
      const { environment, version, expected_sha: sha } = run.inputs;
      assert.deepEqual([environment, version, sha], ['staging', 'develop', sim.simulator.world.home.branches.get('develop')]);
      await eventually(() => assert.match(told(sim).map(({ words: said }) => said).join('\n'), new RegExp(words.started)));

      advanceUntil(sim, 'the release is published', () => isAtStep(run, 'Publish'));
      await statusBarItem(page).filter({ hasText: /staging develop .*· Publish/ }).waitFor();
      await staging.filter({ hasText: words.deploying }).waitFor();
      await rows(page, words.views.runs).first().filter({ hasText: /^Deploy develop to staging/ }).filter({ hasText: words.live }).waitFor();
      await eventually(() => assert.match(told(sim)[0]?.words ?? '', /Publish/));
      await screenshot(`staging-${words.locale}-3-underway`);
      if (words.locale === 'en') await picture('live');

      advanceUntil(sim, 'the deploy has ended', () => conclusionOf(run) !== null);
      await statusBarItem(page).filter({ hasText: words.deployed }).waitFor();
      await notification(page, words.notice).waitFor();
      await staging.filter({ hasText: new RegExp(String.raw`v1\.39\.\d+-rc\.${run.number}`) }).filter({ hasText: words.upToDate }).waitFor();
      await screenshot(`staging-${words.locale}-4-live`);
      await eventually(() => assert.deepEqual(told(sim).map(({ isReply, isEdited }) => ({ isReply, isEdited })), [{ isReply: false, isEdited: true }]));
      await eventually(() => assert.match(told(sim)[0]?.words ?? '', new RegExp(`✅ ${words.told}`)));
      assert.equal(slackCalls(sim).filter((call) => call === 'chat.postMessage').length, 1);
      assert.equal(writes(sim).length, 1, 'the deploy is sent once');
    });
  });
}

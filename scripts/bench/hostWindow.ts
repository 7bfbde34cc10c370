import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { type Host, type HostOptions, startHost } from '../../test/support/host/hostServer.ts';
import { openPage } from '../../test/support/host/openPage.ts';
import { waitForWorkbench } from '../../test/support/host/waitForWorkbench.ts';
import { windowUrl } from '../../test/support/host/windowUrl.ts';
import { temporaryFolder } from '../../test/support/temporaryFolder.ts';
import { observerExtension } from './emptyExtension.ts';

const mostAsked = 6;
const patienceMs = 10_000;
const pollMs = 50;

/** A VS Code server on which windows are opened one after the other, each with an extension host and a browser profile of its own. */
export interface BenchHost {
  /** Opens a window on a folder, runs `work` in it and closes it. */
  inWindow<T>(folder: string, work: (window: HostWindow) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

export interface HostWindow {
  readonly page: Page;
  /** What the observer extension writes down of its host: VS Code's table of start times, or the bytes of heap in use. */
  readonly observe: (what: 'startup' | 'heap') => Promise<string>;
}

/** Starts a server with the given extensions and the observer. */
export async function benchHost(browser: Browser, { extensions = [], ...options }: HostOptions): Promise<BenchHost> {
  const folder = await temporaryFolder('bench-observed');
  const question = join(folder.path, 'observe');
  const host: Host = await startHost({
    ...options,
    extensions: [...extensions, observerExtension],
    env: { ...options.env, BOUSSOLE_BENCH_OBSERVER: question },
  });
  return {
    async inWindow(workspace, work) {
      const page = await openPage(browser);
      try {
        await page.goto(windowUrl(host.url, { workspace }));
        await waitForWorkbench(page);
        return await work({
          page,
          async observe(what) {
            await rm(`${question}.answer`, { force: true });
            // The host of the window before may be about to end and take the question with it.
            for (let asked = 0; asked < mostAsked && !existsSync(`${question}.answer`); asked++) {
              await writeFile(`${question}.part`, what);
              await rename(`${question}.part`, question);
              await waitFor(() => existsSync(`${question}.answer`), patienceMs);
            }
            return readFile(`${question}.answer`, 'utf8');
          },
        });
      } finally {
        // A window that says goodbye takes its extension host with it; one that vanishes keeps it running for hours.
        await page.goto('about:blank').catch(() => undefined);
        await page.context().close();
      }
    },
    async dispose() {
      await host.dispose();
      folder.dispose();
    },
  };
}

/** Waits until something holds, but not longer than `limitMs`. */
async function waitFor(holds: () => boolean, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!holds() && Date.now() < deadline) await delay(pollMs);
}

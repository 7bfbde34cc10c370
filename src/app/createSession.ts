import type { Disposable } from '../core/clock.ts';
import { logDeploys } from './deployLog.ts';
import { DeployStore } from './deployStore.ts';
import { LiveRefresher } from './liveRefresher.ts';
import { LiveRunTracker } from './liveRunTracker.ts';
import { PictureReader } from './pictureReader.ts';
import { RememberedRuns } from './rememberedRuns.ts';
import type { RepositorySession } from './repositorySession.ts';
import { RequestMeter } from './requestMeter.ts';
import { RunLister } from './runLister.ts';
import type { SessionPorts } from './sessionPorts.ts';
import { TrackedJournal } from './trackedJournal.ts';

/** The session of one repository. Nothing is asked of GitHub before `refresher.start()` and `tracker.restore()`. */
export function createRepositorySession(ports: SessionPorts): RepositorySession & Disposable {
  const { repository, storage } = ports;
  const store = new DeployStore(repository);
  const meter = new RequestMeter(ports.clock);
  const journal = new TrackedJournal(storage, repository);
  const reader = new PictureReader(ports, store, new RememberedRuns(storage, repository), journal.shipped, meter);
  const lister = new RunLister(ports, store, reader, meter);
  const tracker = new LiveRunTracker(ports, store, journal, meter, () => refresher.wake());
  const refresher: LiveRefresher = new LiveRefresher(ports, store, { reader, lister, tracker, meter });
  const deployLog = logDeploys(store, ports.log);
  const ownRecords = store.onDidChange(({ before, after }) => {
    if (before.tracked !== after.tracked) reader.learnRequests(journal.shippedWith(after.tracked));
  });
  return {
    ...ports,
    store,
    refresher,
    tracker,
    dispose() {
      deployLog.dispose();
      ownRecords.dispose();
      refresher.dispose();
      tracker.dispose();
      store.dispose();
    },
  };
}

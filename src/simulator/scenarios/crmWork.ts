import type { Chance } from '../world/chance.ts';

const WORK: readonly (readonly [type: string, scope: string, subject: string, path: string])[] = [
  ['feat', 'contacts', 'merge duplicate contacts', 'src/contacts/merge.ts'],
  ['fix', 'deals', 'keep the stage when a deal changes hands', 'src/deals/owner.ts'],
  ['feat', 'mail', 'send a mail later', 'src/mail/schedule.ts'],
  ['perf', 'search', 'index contacts by company', 'src/search/index.ts'],
  ['fix', 'import', 'accept semicolons in CSV files', 'src/import/csv.ts'],
  ['feat', 'reports', 'compare two quarters', 'src/reports/quarters.ts'],
  ['refactor', 'auth', 'read sessions from one place', 'src/auth/session.ts'],
  ['fix', 'calendar', 'show meetings in the reader’s time zone', 'src/calendar/zone.ts'],
  ['feat', 'deals', 'estimate the closing date', 'src/deals/estimate.ts'],
  ['fix', 'mail', 'unsubscribe with one click', 'src/mail/unsubscribe.ts'],
  ['feat', 'api', 'page through activities', 'src/api/activities.ts'],
  ['fix', 'reports', 'round totals once, at the end', 'src/reports/totals.ts'],
  ['feat', 'contacts', 'tag several contacts at once', 'src/contacts/tags.ts'],
  ['fix', 'search', 'find names with apostrophes', 'src/search/names.ts'],
  ['perf', 'dashboard', 'load the pipeline in one query', 'src/dashboard/pipeline.ts'],
  ['feat', 'import', 'preview the first rows', 'src/import/preview.ts'],
  ['fix', 'auth', 'sign out in every tab', 'src/auth/signOut.ts'],
  ['docs', 'api', 'explain paging', 'docs/api.md'],
  ['feat', 'webhooks', 'repeat a failed delivery', 'src/webhooks/repeat.ts'],
  ['fix', 'webhooks', 'sign the body as it is sent', 'src/webhooks/sign.ts'],
  ['feat', 'notes', 'mention a colleague', 'src/notes/mention.ts'],
  ['fix', 'notes', 'keep line breaks', 'src/notes/breaks.ts'],
  ['test', 'deals', 'cover currency changes', 'test/deals/currency.test.ts'],
  ['feat', 'quotes', 'export a quote as PDF', 'src/quotes/pdf.ts'],
  ['fix', 'quotes', 'show VAT for Switzerland', 'src/quotes/vat.ts'],
];

const UPGRADES = ['pino from 9.9 to 9.10', 'zod from 4.1 to 4.2', 'vite from 7.1 to 7.2', 'pg from 8.16 to 8.17', 'eslint from 9.36 to 9.37'];

/** A piece of work: what its pull request is called, who wrote it and what it changes. */
export interface PieceOfWork {
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  readonly path: string;
  readonly additions: number;
  readonly deletions: number;
}

/** Invents the next piece of work of a CRM's developers; one in nine is a dependency upgrade by a bot. */
export function nextWork(chance: Chance, developers: readonly string[], index: number): PieceOfWork {
  const size = { additions: chance.int(4, 160), deletions: chance.int(0, 70) };
  if (index % 9 === 8) {
    const upgrade = chance.pick(UPGRADES);
    return {
      title: `chore(deps): bump ${upgrade}`,
      author: 'dependabot[bot]',
      branch: `dependabot/npm/${upgrade.split(' ')[0] ?? 'package'}`,
      path: 'package-lock.json',
      ...size,
    };
  }
  const [type, scope, subject, path] = WORK[(index * 7) % WORK.length] as (typeof WORK)[number];
  return {
    title: `${type}(${scope}): ${subject}`,
    author: chance.pick(developers),
    branch: `${type}/${subject.replace(/[^a-z]+/gi, '-').toLowerCase()}`,
    path,
    ...size,
  };
}

import { escapeHtml } from '../slack/escapeHtml.ts';
import type { Conclusion, Instant } from '../world/model.ts';

/** A page of the simulated GitHub, in the reader's light or dark. */
export function layout(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · simulated GitHub</title><style>${STYLE}</style><main>${body}</main></html>`;
}

/** A list; each entry is HTML. */
export function list(entries: readonly string[]): string {
  return entries.length === 0 ? '<p>Nothing.</p>' : `<ul>${entries.map((entry) => `<li>${entry}</li>`).join('')}</ul>`;
}

/** A sign and a word for a state. */
export function mark(status: string, conclusion: Conclusion | null): string {
  const word = conclusion ?? status;
  const sign = conclusion === 'success' ? '✓' : conclusion === 'failure' ? '✗' : conclusion === null ? '●' : '○';
  return `<b class="${word}" title="${word.replaceAll('_', ' ')}">${sign}</b>`;
}

/** How long ago, in words. */
export function since(now: Instant, then: Instant): string {
  const minutes = Math.round((now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} days ago`;
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; } main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
ul { list-style: none; padding: 0; border: 1px solid #8884; border-radius: 8px; } li { padding: .5rem .8rem; border-top: 1px solid #8883; }
li:first-child { border-top: 0; } li > span, summary > span { color: #777; margin-left: .5rem; font-size: .9em; }
a { color: #0969da; text-decoration: none; } a:hover { text-decoration: underline; } pre { overflow: auto; padding: .8rem; background: #8881; border-radius: 8px; }
b.success { color: #1a7f37; } b.failure { color: #cf222e; } b.in_progress, b.waiting { color: #9a6700; } b.queued, b.pending, b.cancelled, b.skipped { color: #777; }
summary { cursor: pointer; padding: .4rem 0; } table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .25rem .6rem; border-top: 1px solid #8883; font-size: .9em; }
button, input, select { font: inherit; padding: .2rem .6rem; } input[type=number] { width: 4rem; } input[name=path] { width: 14rem; } form { display: inline-block; margin: .2rem .6rem .2rem 0; }
@media (prefers-color-scheme: dark) { a { color: #58a6ff; } }
`;

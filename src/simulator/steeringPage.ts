import { FAULT_KINDS } from './faults.ts';
import type { Steered } from './steering.ts';
import { escapeHtml } from './slack/escapeHtml.ts';
import { layout, list } from './web/layout.ts';
import { scenarios } from './scenarios/scenarios.ts';

/** The page from which a person steers the world. */
export function steeringPage({ world, scenario, log, faults }: Steered): string {
  const options = Object.entries(scenarios).map(([name, { summary }]) =>
    `<option value="${name}"${name === scenario ? ' selected' : ''} title="${escapeHtml(summary)}">${name}</option>`);
  const sites = [...world.home.sites].map(([name, { version, sha }]) => `${escapeHtml(name)} <b>${escapeHtml(version)}</b> <code>${sha.slice(0, 7)}</code>`);
  const requests = log.slice(-100).toReversed().map(({ at, method, path, query, status, cost, bytes, resource }) =>
    `<tr><td>${new Date(at).toISOString().slice(11, 19)}</td><td>${method}</td><td>${escapeHtml(path + (query === '' ? '' : `?${query}`))}</td><td>${status}</td><td>${resource}</td><td>${cost}</td><td>${bytes}</td></tr>`);
  return layout('Steering', `<h1>Steering the world</h1>
<p>${escapeHtml(scenario)} · ${new Date(world.now).toISOString()} · ${log.length} requests, ${log.reduce((sum, one) => sum + one.cost, 0)} points · <a href="/">GitHub</a> · <a href="/slack/">Slack</a></p>
${form('advance', 'Advance', '<input name="seconds" type="number" value="60" aria-label="Seconds"> s')}
${form('act', 'Act', `<select name="act"><option>deploy</option><option>approve</option><option>reject</option><option>push</option></select>
  as <select name="as"><option></option><option>ana</option><option>jonas</option><option>mei</option></select>
  <input name="environment" placeholder="environment"> <input name="version" placeholder="version">`)}
${form('fault', 'Arm a fault', `<select name="kind">${FAULT_KINDS.map((kind) => `<option>${kind}</option>`).join('')}</select>
  <input name="method" placeholder="method" size="6"> <input name="path" placeholder="path (regular expression)"> × <input name="times" type="number" value="1">`)}
${form('faults/clear', 'Disarm all', '')}
${form('reset', 'Begin again', `<select name="scenario">${options.join('')}</select>`)}
<h2>What the sites serve</h2>${list(sites)}
<h2>Armed faults</h2>${list(faults.armed.map(({ kind, match, left }) => `${kind} × ${left} ${escapeHtml(`${match?.method ?? ''} ${match?.path ?? ''}`)}`))}
<h2>Requests</h2><table><tr><th>at</th><th>method</th><th>path</th><th>status</th><th>resource</th><th>points</th><th>bytes</th></tr>${requests.join('')}</table>`);
}

function form(path: string, label: string, fields: string): string {
  return `<form method="post" action="/__sim/${path}">${fields} <button>${label}</button></form>`;
}

/** The channel page's script: writes times in the reader's own zone and follows the channel. Served as a file, so that no inline script is needed. */
export const channelScript = `'use strict';
const list = document.getElementById('messages');
const live = document.querySelector('.live');
const form = (options) => new Intl.DateTimeFormat(undefined, options);
const formats = {
  time: form({ hour: '2-digit', minute: '2-digit' }),
  time_secs: form({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  date_short: form({ month: 'short', day: 'numeric' }),
  date_short_pretty: form({ month: 'short', day: 'numeric' }),
  date_long: form({ weekday: 'long', month: 'long', day: 'numeric' }),
};

function writeTimes(root) {
  for (const time of root.querySelectorAll('time[data-format]')) {
    const when = new Date(time.dateTime);
    time.textContent = time.dataset.format.replace(/\\{(\\w+)\\}/g, (whole, name) => (formats[name] ? formats[name].format(when) : whole));
    time.title = when.toLocaleString();
  }
}

function atBottom() {
  const page = document.scrollingElement;
  return page.scrollHeight - page.scrollTop - page.clientHeight < 80;
}

async function follow() {
  try {
    const answer = await fetch(list.dataset.source, { cache: 'no-store' });
    const { version, html } = await answer.json();
    live.dataset.state = live.textContent = 'live';
    if (String(version) !== list.dataset.version) {
      const stay = atBottom();
      const folded = new Set([...list.querySelectorAll('article:has(> .content > details:not([open]))')].map((each) => each.id));
      list.dataset.version = version;
      list.innerHTML = html;
      for (const id of folded) document.getElementById(id)?.querySelector('details')?.removeAttribute('open');
      writeTimes(list);
      if (stay) window.scrollTo(0, document.scrollingElement.scrollHeight);
    }
  } catch {
    live.dataset.state = live.textContent = 'offline';
  }
  setTimeout(follow, document.hidden ? 5000 : 1000);
}

writeTimes(document);
window.scrollTo(0, document.scrollingElement.scrollHeight);
setTimeout(follow, 1000);
`;

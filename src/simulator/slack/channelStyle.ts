/** The channel page's looks, light and dark. */
export const channelStyle = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1d1c1d, #d9dadc);
  --soft: light-dark(#5e5d60, #9fa1a6);
  --page: light-dark(#fff, #1a1d21);
  --side: light-dark(#f6f3ee, #14161a);
  --line: light-dark(#e3e1dd, #34373d);
  --hover: light-dark(#f8f8f8, #212429);
  --link: light-dark(#1264a3, #4aa7e8);
  --code: light-dark(#b8224f, #f0808f);
  --code-back: light-dark(#f6f5f4, #26292f);
  --accent: light-dark(#0b6b63, #45b3a7);
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: 13rem minmax(0, 1fr); font: 15px/1.46 system-ui, sans-serif; color: var(--text); background: var(--page); }
p, h1, h2, h3, ul { margin: 0; padding: 0; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
nav { position: sticky; top: 0; height: 100vh; padding: 1rem .6rem; display: flex; flex-direction: column; background: var(--side); border-right: 1px solid var(--line); }
nav .team { padding: 0 .6rem .8rem; font-weight: 800; font-size: 1.15rem; }
nav ul { list-style: none; }
nav a { display: block; padding: .2rem .6rem; border-radius: 6px; color: var(--soft); overflow-wrap: anywhere; }
nav a:hover { background: var(--hover); text-decoration: none; }
nav a[aria-current] { background: var(--accent); color: light-dark(#fff, #10201e); font-weight: 600; }
nav .note { margin-top: auto; padding: .6rem; font-size: .8rem; color: var(--soft); }
main { min-width: 0; display: flex; flex-direction: column; }
header { position: sticky; top: 0; z-index: 1; display: flex; align-items: baseline; gap: .9rem; padding: .8rem 1.3rem; background: var(--page); border-bottom: 1px solid var(--line); }
header h1 { font-size: 1.12rem; white-space: nowrap; }
header p { color: var(--soft); font-size: .87rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
header .live { margin-left: auto; flex: none; }
header .live::before { content: ''; display: inline-block; width: .5rem; height: .5rem; margin-right: .4rem; border-radius: 50%; background: #2bac76; }
header .live[data-state='offline']::before { background: #d9822b; }
#messages { flex: 1; display: flex; flex-direction: column; justify-content: flex-end; padding: 1rem 0 1.6rem; }
.intro { padding: .4rem 1.3rem 1rem; color: var(--soft); }
h2 { display: flex; align-items: center; gap: .8rem; padding: .2rem 1.3rem; font-size: .8rem; font-weight: 600; color: var(--soft); }
h2::before, h2::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
.message { display: flex; gap: .7rem; padding: .5rem 1.3rem; }
.message:hover { background: var(--hover); }
.message:target { background: light-dark(#fff7dd, #33301f); }
.content { min-width: 0; flex: 1; max-width: 46rem; overflow-wrap: anywhere; }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #0b6b63 url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 36 36'%3E%3Ccircle cx='18' cy='18' r='11.5' fill='none' stroke='%23fff' stroke-opacity='.55' stroke-width='1.6'/%3E%3Cpath d='M24 11 20 20l-4-4z' fill='%23fff'/%3E%3Cpath d='M12 25l4-9 4 4z' fill='%23fff' fill-opacity='.55'/%3E%3C/svg%3E") center/cover; }
.byline strong { font-weight: 800; }
.byline time, .edited { font-size: .77rem; color: var(--soft); }
.app { padding: 0 .25rem; border-radius: 3px; font-size: .64rem; font-weight: 700; letter-spacing: .02em; color: var(--soft); background: var(--line); vertical-align: 1px; }
.content h3 { margin: .15rem 0 .3rem; font-size: 1.12rem; line-height: 1.3; }
.content > p { margin: .15rem 0; }
.fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .45rem 1.2rem; margin: .3rem 0 .5rem; }
.context { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin-top: .3rem; font-size: .82rem; color: var(--soft); }
code { padding: .05rem .28rem; border: 1px solid var(--line); border-radius: 4px; font: .82em/1.4 ui-monospace, monospace; color: var(--code); background: var(--code-back); }
pre { margin: .3rem 0; padding: .5rem .7rem; border: 1px solid var(--line); border-radius: 4px; font: .82em/1.5 ui-monospace, monospace; background: var(--code-back); white-space: pre-wrap; }
.mention { padding: 0 .2rem; border-radius: 3px; color: inherit; background: light-dark(#f7e0a3, #5c4a17); font-weight: 600; }
.thread { margin-top: .5rem; padding-left: .8rem; border-left: 2px solid var(--line); }
.thread summary { width: fit-content; cursor: pointer; font-size: .82rem; font-weight: 600; color: var(--link); }
.thread .message { padding: .35rem 0; }
.thread .message:hover { background: none; }
.thread .avatar { width: 24px; height: 24px; border-radius: 6px; }
img.emoji { width: 1.25em; height: 1.25em; vertical-align: -.25em; }
hr { width: 100%; border: 0; border-top: 1px solid var(--line); }
@media (max-width: 640px) { body { grid-template-columns: minmax(0, 1fr); } nav { display: none; } .fields { grid-template-columns: 1fr; } }
`;

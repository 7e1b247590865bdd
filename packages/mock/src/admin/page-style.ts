/** The style of the page. Each color has a light and a dark variant. The states have the same colors as on the command line. */
export const style = `
:root {
  --paper: light-dark(#fff, #14171c); --soft: light-dark(#f3f5f8, #1d2129); --line: light-dark(#d8dde5, #343b47);
  --ink: light-dark(#1a1f27, #e6e9ee); --faint: light-dark(#566070, #9aa5b5); --accent: light-dark(#1f5fbf, #7db2ff);
  --queued: light-dark(#6b7482, #97a1b0); --starting: light-dark(#8250b8, #bf97f0); --running: light-dark(#1f5fbf, #6ea8fe);
  --stopping: light-dark(#a35200, #f0a050); --succeeded: light-dark(#1a7f43, #4ac27b); --failed: light-dark(#c22b2b, #ff7b72);
  --canceled: light-dark(#8a6a00, #d8b13c); --unknown: light-dark(#a02a7c, #ee86c9);
  color-scheme: light dark;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; justify-content: space-between;
  padding: .75rem 1.25rem; border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 1.15rem; } h2 { margin: 0 0 .5rem; font-size: 1rem; }
small { font-weight: normal; color: var(--faint); font-size: .85rem; }
.clock { margin: 0; display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
time { font-variant-numeric: tabular-nums; } .clock button { padding: .2rem .4rem; }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(17rem, 2fr); gap: 1.25rem; padding: 1.25rem; }
section { margin-bottom: 1.5rem; min-width: 0; }
button, input, select { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line);
  border-radius: 6px; padding: .2rem .6rem; }
button, select { cursor: pointer; }
button:hover, select:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
ul, ol { list-style: none; margin: 0; padding: 0; }
#error { margin: 0; padding: .5rem 1.25rem; color: var(--failed); border-bottom: 1px solid var(--line); }
#bar { display: flex; height: 10px; border-radius: 5px; overflow: hidden; background: var(--soft); margin-bottom: .6rem; }
#bar span { transition: flex-grow .6s; min-width: 0; }
#states { display: flex; flex-wrap: wrap; gap: .35rem; margin-bottom: .75rem; }
#states button { border-radius: 999px; } #states button[aria-pressed=true] { border-color: currentColor; background: var(--paper); }
#states b { font-variant-numeric: tabular-nums; }
#jobs li { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr) minmax(0, 8.5rem) 4.5rem auto; gap: .1rem .75rem;
  align-items: center; padding: .3rem .4rem; border-bottom: 1px solid var(--line); }
#jobs li.changed { animation: changed 2s; }
@keyframes changed { from { background: color-mix(in srgb, var(--accent) 35%, transparent); } }
@media (prefers-reduced-motion: reduce) { #jobs li.changed { animation: none; } #bar span { transition: none; } }
.state { font-weight: 600; white-space: nowrap; }
.state::before { content: ""; display: inline-block; width: .6em; height: .6em; border-radius: 50%; background: currentColor; margin-right: .4em; }
.name, .raw-state, .path { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.name small { display: block; overflow: hidden; text-overflow: ellipsis; }
.raw-state { color: var(--faint); } .age { color: var(--faint); text-align: right; font-variant-numeric: tabular-nums; }
#jobs select { width: 4.6rem; padding: .1rem .2rem; }
#faults { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .4rem; margin-bottom: .5rem; }
#faults label { grid-column: 1 / -1; color: var(--faint); }
#active-faults li { display: flex; justify-content: space-between; gap: .75rem; }
#requests li { display: grid; grid-template-columns: 4.4rem 3.6rem minmax(0, 1fr) auto; gap: .6rem; padding: .15rem 0;
  border-bottom: 1px solid var(--line); font-size: .9rem; font-variant-numeric: tabular-nums; }
#requests .failure { color: var(--failed); }
@media (max-width: 56rem) { main { grid-template-columns: minmax(0, 1fr); padding: .75rem; } header { padding: .75rem; } }
@media (max-width: 34rem) {
  #jobs li { grid-template-columns: minmax(0, 1fr) 4.5rem 4.6rem; }
  #jobs .state { grid-row: 2; grid-column: 1; } #jobs .raw-state { display: none; }
  #jobs .name { grid-row: 1; grid-column: 1 / -1; } #jobs .age { grid-row: 2; } #jobs select { grid-row: 2; }
  #requests li { grid-template-columns: 3.4rem minmax(0, 1fr) auto; } #requests time { display: none; }
}
`

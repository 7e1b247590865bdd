import { script } from './page-script.ts'
import { style } from './page-style.ts'

/** Renders the page at `/_mock`, which shows jobs, requests, faults and the clock. The page loads no other files. */
export const renderPage = (services: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Jobscope mock</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
  <h1>Jobscope mock <small>${services.join(', ')}</small></h1>
  <p class="clock"><time id="now" title="Clock of the mock"></time>
    <button type="button" data-advance="60000">+1 min</button>
    <button type="button" data-advance="600000">+10 min</button>
    <button type="button" data-advance="3600000">+1 h</button></p>
</header>
<p id="error" role="alert" hidden></p>
<main>
<section aria-labelledby="jobs-title">
  <h2 id="jobs-title">Jobs <small id="total"></small></h2>
  <div id="bar" aria-hidden="true"></div>
  <div id="states" role="group" aria-label="Filter by state"></div>
  <ul id="jobs"></ul>
  <p id="no-jobs" hidden>There are no jobs. Submit one, or start the mock with <code>--seed-jobs 200</code>.</p>
</section>
<div>
<section aria-labelledby="faults-title">
  <h2 id="faults-title">Faults</h2>
  <form id="faults">
    <label for="rules">Fault rules</label>
    <input id="rules" placeholder="throttle=0.1, dli:reset=0.05" autocomplete="off" spellcheck="false">
    <button>Set</button>
  </form>
  <ul id="active-faults"></ul>
</section>
<section aria-labelledby="requests-title">
  <h2 id="requests-title">Requests</h2>
  <ol id="requests"></ol>
</section>
</div>
</main>
<script>${script}</script>
</body>
</html>
`

import {html, LitElement, nothing} from 'lit';
import {good} from './service.js';
import {byHour, byType} from './last-day.js';
import {addressOf} from './route.js';
import {withField} from './search.js';
import {bytes, count, counted, visible} from './text.js';
import {duration, span} from './time.js';
import './time-chart.js';

const OVERVIEW_MILLIS = 5_000;
const STATS_MILLIS = 60_000;

/** How the service stands, again and again. */
class OverviewView extends LitElement {
  static properties = {session: {attribute: false}, overview: {state: true}, stats: {state: true}, overviewProblem: {state: true}, statsProblem: {state: true}};

  constructor() {
    super();
    this.overview = null;
    this.stats = null;
    this.overviewProblem = '';
    this.statsProblem = '';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.timers = new Set();
    this.repeat(() => this.readOverview(), OVERVIEW_MILLIS);
    this.repeat(() => this.readStats(), STATS_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.timers.forEach(clearTimeout);
    this.timers = null;
  }

  /** The next time when this one is over and the pause has passed. */
  async repeat(task, millis) {
    await task();
    const timer = setTimeout(() => {
      this.timers?.delete(timer);
      this.repeat(task, millis);
    }, millis);
    if (this.timers === null) {
      clearTimeout(timer);
    } else {
      this.timers.add(timer);
    }
  }

  async readOverview() {
    try {
      this.overview = await this.json('/overview');
      this.overviewProblem = '';
    } catch (error) {
      this.overviewProblem = error.message;
    }
  }

  async readStats() {
    try {
      this.stats = await this.json('/stats');
      this.statsProblem = '';
    } catch (error) {
      this.statsProblem = error.message;
    }
  }

  async json(path) {
    return (await good(await this.session.fetch(path))).json();
  }

  render() {
    return html`
      <div class="page overview">
        <h1>Overview ${this.state()}</h1>
        ${this.problem('The state of the service cannot be told', this.overviewProblem)}
        ${this.overview === null ? nothing : this.now(this.overview)}
        ${this.problem('The counts of the last day cannot be told', this.statsProblem)}
        ${this.stats === null ? nothing : this.lastDay(this.stats)}
      </div>`;
  }

  problem(what, why) {
    return why === '' ? nothing : html`<p class="problem" role="alert">${what}: ${why}</p>`;
  }

  state() {
    if (this.overview === null || this.overviewProblem !== '') {
      return nothing;
    }
    const {ready, obstacle, version, store} = this.overview;
    return html`<small class=${ready ? 'fine' : 'refused'} role="status">${ready ? 'ready' : `not ready: ${obstacle}`}</small> <small>${version}, ${store}</small>`;
  }

  now({per_second: rate, commit_seconds: commit, queue, samples, propagators}) {
    return html`
      <dl class="figures">
        <div><dt>stored</dt><dd>${rate.stored.toFixed(1)} <small>/s</small></dd></div>
        <div><dt>refused</dt><dd>${rate.refused.toFixed(1)} <small>/s</small></dd></div>
        <div><dt>commit p50</dt><dd>${duration(commit?.p50 ?? null)}</dd></div>
        <div><dt>commit p99</dt><dd>${duration(commit?.p99 ?? null)}</dd></div>
        <div><dt>queue</dt><dd>${count(queue.events)} <small>${bytes(queue.bytes)}</small></dd></div>
        <div><dt>backlog</dt><dd>${backlog(propagators)}</dd></div>
      </dl>
      ${samples.length < 2 ? html`<p class="note">Charts of the last ten minutes begin in a moment.</p>` : lastMinutes(samples)}
      <h2>Propagators</h2>
      ${propagators.length === 0 ? html`<p class="note">None has reported.</p>` : relays(propagators)}`;
  }

  lastDay({counts, until}) {
    const data = byHour(counts, Date.parse(until) / 1000 - 1);
    const {types, rest, total} = byType(counts);
    const number = value => count(Math.round(value));
    return html`
      <h2>Last 24 hours</h2>
      <time-chart .data=${data} .series=${[{label: 'stored an hour', colour: 'stored', bars: true}]} .format=${number} summary=${`${counted(total, 'event')} stored in 24 hours`}></time-chart>
      ${types.length === 0 ? html`<p class="note">Nothing was stored.</p>` : typeTable(types, rest, total)}`;
  }
}

/** What waits before this service, and for how long. */
function backlog(propagators) {
  const pending = propagators.reduce((sum, {pending: number}) => sum + number, 0);
  const age = Math.max(0, ...propagators.map(({age_seconds: seconds}) => seconds ?? 0));
  return html`${count(pending)} ${age > 0 ? html`<small>oldest ${span(age)}</small>` : nothing}`;
}

function lastMinutes(samples) {
  const times = samples.map(({time}) => Date.parse(time) / 1000);
  const rate = name => samples.map((sample, i) => sample[name] / (i === 0 ? times[1] - times[0] : times[i] - times[i - 1]));
  const rates = [times, rate('stored'), rate('refused')];
  const commits = [times, samples.map(sample => sample.commit_p50), samples.map(sample => sample.commit_p99)];
  return html`
    <div class="charts">
      <time-chart .data=${rates} .series=${[{label: 'stored/s', colour: 'stored'}, {label: 'refused/s', colour: 'refused'}]}
        .format=${value => `${value}/s`} summary=${`Stored a second in the last ten minutes: ${Math.max(...rates[1]).toFixed(1)} at most`}></time-chart>
      <time-chart .data=${commits} .series=${[{label: 'commit p50', colour: 'stored'}, {label: 'commit p99', colour: 'slow'}]}
        .format=${duration} summary="Time of commits in the last ten minutes"></time-chart>
    </div>`;
}

function relays(propagators) {
  return html`
    <div class="table" tabindex="0" role="region" aria-label="Propagators">
      <table>
        <thead><tr><th>name</th><th class="number">pending</th><th class="number">oldest</th><th class="number">dead letters</th><th>heard of</th></tr></thead>
        <tbody>${propagators.map(
          ({name, pending, age_seconds: age, dead, seen}) => html`
            <tr><th scope="row"><code>${visible(name)}</code></th><td class="number">${count(pending)}</td><td class="number">${age === null ? '–' : span(age)}</td>
              <td class="number">${count(dead)}</td><td>${span(Math.max(0, (Date.now() - Date.parse(seen)) / 1000))} ago</td></tr>`,
        )}</tbody>
      </table>
    </div>`;
}

function typeTable(types, rest, total) {
  return html`
    <div class="table" tabindex="0" role="region" aria-label="Types">
      <table>
        <thead><tr><th>type</th><th class="number">stored</th><th>share</th></tr></thead>
        <tbody>
          ${types.map(({type, stored}) => html`<tr><th scope="row"><a href=${addressOf('events', {q: withField('', 'type', type)})}>${visible(type)}</a></th>${share(stored, total)}</tr>`)}
          ${rest > 0 ? html`<tr><th scope="row">all others</th>${share(rest, total)}</tr>` : nothing}
        </tbody>
      </table>
    </div>`;
}

function share(stored, total) {
  return html`<td class="number">${count(stored)}</td><td><progress max=${total} value=${stored} aria-label="${Math.round((100 * stored) / total)} %"></progress></td>`;
}

customElements.define('overview-view', OverviewView);

import {html, LitElement, nothing} from 'lit';
import {good} from './service.js';
import {byHour, byType} from './last-day.js';
import {addressOf} from './route.js';
import {withField} from './search.js';
import {bytes, count, counted, rate, visible} from './text.js';
import {clock, duration, span} from './time.js';
import './time-chart.js';

const OVERVIEW_MILLIS = 5_000;
const STATS_MILLIS = 15_000;

/** Of a propagator that was not heard of for longer, what it said last may not hold any more. */
const SILENT_SECONDS = 60;

const ROUNDED = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});

/** How the service stands, again and again. */
class OverviewView extends LitElement {
  static properties = {session: {attribute: false}, overview: {state: true}, stats: {state: true}, overviewProblem: {state: true}, statsProblem: {state: true}};

  constructor() {
    super();
    this.overview = null;
    this.overviewRead = null;
    this.stats = null;
    this.statsRead = null;
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
      this.overviewRead = new Date();
      this.overviewProblem = '';
    } catch (error) {
      this.overviewProblem = error.message;
    }
  }

  async readStats() {
    try {
      this.stats = await this.json('/stats');
      this.statsRead = new Date();
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
        ${this.problem('The state of the service cannot be told', this.overviewProblem, this.overviewRead)}
        ${this.overview === null ? nothing : this.now(this.overview)}
        ${this.problem('The counts of the last day cannot be told', this.statsProblem, this.statsRead)}
        ${this.stats === null ? nothing : this.lastDay(this.stats)}
      </div>`;
  }

  /** What was told before stays, with the time that it is of. */
  problem(what, why, read) {
    const before = read === null ? nothing : html` What is shown is of ${clock(read).slice(0, 8)}.`;
    return why === '' ? nothing : html`<p class="problem" role="alert">${what}: ${why}${before}</p>`;
  }

  state() {
    if (this.overview === null || this.overviewProblem !== '') {
      return nothing;
    }
    const {ready, obstacle, version, store} = this.overview;
    return html`<small class=${ready ? 'fine' : 'refused'} role="status">${ready ? 'ready' : `not ready: ${obstacle}`}</small> <small>${version}, ${store}</small>`;
  }

  now({time, per_second: events, commit_seconds: commit, queue, samples, propagators}) {
    const heard = propagators.map(each => ({...each, silent: Math.max(0, (Date.parse(time) - Date.parse(each.seen)) / 1000)}));
    return html`
      <dl class="figures">
        <div><dt>stored</dt><dd>${rate(events.stored)} <small>/s</small></dd></div>
        <div><dt>refused</dt><dd>${rate(events.refused)} <small>/s</small></dd></div>
        <div><dt>commit p50</dt><dd>${duration(commit?.p50 ?? null)}</dd></div>
        <div><dt>commit p99</dt><dd>${duration(commit?.p99 ?? null)}</dd></div>
        <div><dt>queue</dt><dd>${count(queue.events)} <small>${bytes(queue.bytes)}</small></dd></div>
        <div><dt>backlog</dt><dd>${backlog(heard)}</dd></div>
      </dl>
      ${samples.length < 2 ? html`<p class="note">Charts of the last ten minutes begin in a moment.</p>` : lastMinutes(samples)}
      <h2>Propagators</h2>
      ${heard.length === 0 ? nothing : relays(heard)}
      <p class="note">${heard.length === 0 ? 'None has reported since this service started, or for an hour. ' : nothing}A propagator reports with the events that it sends, and counts these among the pending.
        One that is not heard of has nothing to send, or is stopped, or does not reach this service: <code>event-propagator status</code> on its machine tells.</p>`;
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

/** What waits before this service, and for how long, as far as it was told. */
function backlog(heard) {
  if (heard.length === 0) {
    return html`– <small>nothing was reported</small>`;
  }
  const waiting = heard.filter(({pending}) => pending > 0);
  const pending = waiting.reduce((sum, each) => sum + each.pending, 0);
  const age = Math.max(0, ...waiting.map(({age_seconds: seconds}) => seconds ?? 0));
  const silent = Math.max(0, ...waiting.map(each => each.silent));
  return html`${count(pending)} ${age > 0 ? html`<small>oldest ${span(age)}</small>` : nothing}
    ${silent > SILENT_SECONDS ? html`<small class="silent">as of ${span(silent)} ago</small>` : nothing}`;
}

function lastMinutes(samples) {
  const times = samples.map(({time}) => Date.parse(time) / 1000);
  const each = name => samples.map((sample, i) => sample[name] / (i === 0 ? times[1] - times[0] : times[i] - times[i - 1]));
  const rates = [times, each('stored'), each('refused')];
  const commits = [times, samples.map(sample => sample.commit_p50), samples.map(sample => sample.commit_p99)];
  return html`
    <div class="charts">
      <time-chart .data=${rates} .series=${[{label: 'stored/s', colour: 'stored'}, {label: 'refused/s', colour: 'refused'}]}
        .format=${perSecond} summary=${`Stored a second in the last ten minutes: ${rate(Math.max(...rates[1]))} at most`}></time-chart>
      <time-chart .data=${commits} .series=${[{label: 'commit p50', colour: 'stored'}, {label: 'commit p99', colour: 'slow'}]}
        .format=${duration} summary="Time of commits in the last ten minutes"></time-chart>
    </div>`;
}

/** "50/s", "0.25/s", "2,491/s" */
function perSecond(value) {
  return `${value < 100 ? ROUNDED.format(value) : count(Math.round(value))}/s`;
}

function relays(heard) {
  return html`
    <div class="table" tabindex="0" role="region" aria-label="Propagators">
      <table>
        <thead><tr><th>name</th><th class="number">pending</th><th class="number">oldest</th><th class="number">dead letters</th><th>heard of</th></tr></thead>
        <tbody>${heard.map(
          ({name, pending, age_seconds: age, dead, silent}) => html`
            <tr><th scope="row"><code>${visible(name)}</code></th><td class="number">${count(pending)}</td><td class="number">${age === null ? '–' : span(age)}</td>
              <td class="number">${count(dead)}</td><td class=${silent > SILENT_SECONDS ? 'silent' : ''}>${span(silent)} ago</td></tr>`,
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

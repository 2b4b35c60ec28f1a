import {html, LitElement, nothing} from 'lit';
import {good, nextPage} from './service.js';
import {visible, visibleLines} from './text.js';
import {local} from './time.js';

const FIRST_PAGE = '/refusal?limit=100';

/** What is shown at most; who looks for more has the API. */
const MOST = 2_000;

/** What was refused lately, newest first, and why. */
class RefusalsView extends LitElement {
  static properties = {session: {attribute: false}, refusals: {state: true}, next: {state: true}, problem: {state: true}, isBusy: {state: true}};

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.again();
  }

  again() {
    this.refusals = [];
    this.next = FIRST_PAGE;
    this.more();
  }

  async more() {
    this.isBusy = true;
    this.problem = '';
    try {
      const answer = await good(await this.session.fetch(this.next));
      this.refusals = [...this.refusals, ...(await answer.json())];
      this.next = this.refusals.length < MOST ? nextPage(answer) : null;
    } catch (error) {
      this.problem = error.message;
    }
    this.isBusy = false;
  }

  render() {
    return html`
      <div class="page">
        <h1>Refused events <button type="button" class="quiet" ?disabled=${this.isBusy} @click=${this.again}>Refresh</button></h1>
        ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
        ${this.refusals.length > 0 ? this.list() : this.none()}
        <p class="tools" role="status">${this.isBusy ? 'Reading …' : this.older()}</p>
      </div>`;
  }

  none() {
    return this.isBusy || this.problem !== ''
      ? nothing
      : html`<section class="empty"><h2>Nothing was refused lately</h2><p>What the service refuses is kept for a while, with its reasons: events, items of batches, whole bodies.</p></section>`;
  }

  older() {
    return this.next === null || this.refusals.length === 0 ? nothing : html`<button type="button" @click=${this.more}>Older ones</button>`;
  }

  list() {
    return html`<ol class="refusals">${this.refusals.map(refusal => this.refusal(refusal))}</ol>`;
  }

  refusal({time, account, event_id: eventId, type, reasons, beginning}) {
    return html`
      <li>
        <p class="what"><time datetime=${time}>${local(time)}</time>
          ${type === undefined ? nothing : html`<span class="type">${visible(type)}</span>`}
          ${eventId === undefined ? nothing : html`<code>${visible(eventId)}</code>`}
          <span class="from">from ${visible(account)}</span></p>
        <ul class="reasons">${reasons.map(reason => html`<li>${visible(reason)}</li>`)}</ul>
        <details><summary>What came</summary><pre tabindex="0" role="region" aria-label="What came"><bdi>${visibleLines(beginning)}</bdi></pre></details>
      </li>`;
  }
}

customElements.define('refusals-view', RefusalsView);

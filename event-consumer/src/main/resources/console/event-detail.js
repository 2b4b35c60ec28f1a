import {html, LitElement, nothing} from 'lit';
import {readCommand} from './commands.js';
import {eventPath, good} from './service.js';
import {hasParts, parse, structure} from './exact-json.js';
import {bytes, count, visible, visibleLines} from './text.js';
import {local, utc, zone} from './time.js';
import './copy-button.js';
import './erase-dialog.js';
import './json-tree.js';

/** The raw text is shown up to here until somebody asks for all of it. */
const FIRST_SIGNS = 20_000;

/** One event, whole, as GET /event/{id} gives it. Tells "close", and "erased". */
class EventDetail extends LitElement {
  static properties = {
    session: {attribute: false},
    eventId: {attribute: false},
    event: {state: true},
    problem: {state: true},
    isBroken: {state: true},
    isRaw: {state: true},
    isWhole: {state: true},
  };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('eventId')) {
      this.read();
    }
  }

  async read() {
    const {eventId} = this;
    this.event = null;
    this.problem = '';
    this.isBroken = false;
    this.isWhole = false;
    try {
      const answer = await this.session.fetch(eventPath(eventId));
      const event = answer.status === 404 ? null : parse(await (await good(answer)).text());
      if (eventId === this.eventId) {
        this.event = event;
        this.problem = event === null ? 'No event has this id. It may have been removed by retention.' : '';
      }
    } catch (error) {
      if (eventId === this.eventId) {
        this.problem = error.message;
        this.isBroken = true;
      }
    }
  }

  render() {
    return html`
      <section class="detail" aria-label="Event ${visible(this.eventId)}">
        <header>
          <h2>${this.event ? visible(this.event.type) : 'Event'}</h2>
          <button type="button" class="quiet" @click=${() => this.tell('close')} aria-label="Close the event (Esc)">✕</button>
        </header>
        ${this.event ? this.whole(this.event) : html`<p class="note" role="status">${this.problem || 'Reading …'}</p>`}
        ${this.isBroken ? html`<button type="button" @click=${this.read}>Try again</button>` : nothing}
      </section>`;
  }

  whole(event) {
    const curl = readCommand(location.origin, this.session.account, eventPath(event.event_id));
    return html`
      <dl>
        <dt>id</dt><dd><code>${visible(event.event_id)}</code> <copy-button .text=${event.event_id} label="Copy id"></copy-button></dd>
        <dt>place</dt><dd>${count(event.id)}</dd>
        ${event.event_key === undefined ? nothing : html`<dt>key</dt><dd><code>${visible(event.event_key)}</code></dd>`}
        <dt>received</dt>
        <dd><time datetime=${event.received_time}>${local(event.received_time)}</time> ${zone()}<br>${utc(event.received_time)} UTC</dd>
        ${event.traceparent === undefined ? nothing : html`<dt>trace</dt><dd><code>${visible(event.traceparent)}</code></dd>`}
      </dl>
      <p class="tools">
        <copy-button .text=${curl} label="Copy curl"></copy-button>
        <copy-button .text=${location.href} label="Copy link"></copy-button>
        ${event.erased ? nothing : html`<button type="button" class="quiet danger" @click=${this.askToErase}>Erase …</button>`}
      </p>
      ${event.erased ? html`<p class="note">Erased ${local(event.erased_time)}. Its payload, key and trace context are gone.</p>` : this.payload(event.payload)}
      <erase-dialog .session=${this.session} .eventId=${event.event_id} @erased=${this.erased}></erase-dialog>`;
  }

  payload(payload) {
    const tree = structure(payload);
    const raw = hasParts(payload) ? JSON.stringify(payload, null, 2) : typeof payload === 'string' ? payload : JSON.stringify(payload);
    const isRaw = this.isRaw || tree === undefined;
    return html`
      <div class="payload-head">
        <h3>Payload <small>${bytes(new Blob([raw]).size)}${typeof payload === 'string' ? ' of text' : ''}</small></h3>
        ${tree === undefined ? nothing : this.forms(isRaw)}
        <copy-button .text=${raw} label="Copy payload"></copy-button>
      </div>
      <div class="payload-body" tabindex="0" role="region" aria-label="Payload">${isRaw ? this.raw(raw) : html`<json-tree .value=${tree}></json-tree>`}</div>`;
  }

  forms(isRaw) {
    return html`
      <span class="choice" role="group" aria-label="Form of the payload">
        <button type="button" aria-pressed=${!isRaw} @click=${() => (this.isRaw = false)}>Tree</button>
        <button type="button" aria-pressed=${isRaw} @click=${() => (this.isRaw = true)}>Raw</button>
      </span>`;
  }

  raw(text) {
    const rest = this.isWhole ? 0 : text.length - FIRST_SIGNS;
    return html`<pre><bdi>${visibleLines(rest > 0 ? text.slice(0, FIRST_SIGNS) : text)}</bdi></pre>
      ${rest > 0 ? html`<button type="button" class="quiet" @click=${() => (this.isWhole = true)}>${count(rest)} more characters</button>` : nothing}`;
  }

  askToErase() {
    this.querySelector('erase-dialog').ask();
  }

  erased() {
    this.read();
    this.tell('erased');
  }

  tell(name) {
    this.dispatchEvent(new CustomEvent(name));
  }
}

customElements.define('event-detail', EventDetail);

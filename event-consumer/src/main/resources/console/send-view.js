import {html, LitElement, nothing} from 'lit';
import {addressOf} from './route.js';
import {visibleLines} from './text.js';

/** The headers of an answer that tell a sender something. */
const HEADERS = ['Content-Type', 'Location', 'Retry-After', 'WWW-Authenticate', 'RateLimit', 'RateLimit-Policy'];

/** Sends one event, and shows what was really answered. Nothing is checked before. */
class SendView extends LitElement {
  static properties = {session: {attribute: false}, answer: {state: true}, problem: {state: true}, isBusy: {state: true}};

  constructor() {
    super();
    this.answer = null;
    this.problem = '';
    this.isBusy = false;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <div class="send page">
        <h1>Send an event</h1>
        <form novalidate @submit=${this.submitted}>
          <label>Type <input name="type" autocomplete="off" spellcheck="false" placeholder="order.created"></label>
          <label>Payload <textarea name="payload" rows="8" spellcheck="false" placeholder="order 1001: 2 blue cups"></textarea></label>
          <label class="switch"><input type="checkbox" name="json"> the payload is a JSON value, for a type whose schema allows it</label>
          <div class="pair">
            <label>Id <input name="id" autocomplete="off" spellcheck="false" placeholder="made by the service where empty"></label>
            <label>Key <input name="key" autocomplete="off" spellcheck="false" placeholder="none"></label>
          </div>
          <p class="buttons"><button type="submit" class="main" ?disabled=${this.isBusy}>${this.isBusy ? 'Sending …' : 'Send'}</button></p>
        </form>
        <div role="status" aria-live="polite">
          ${this.problem === '' ? nothing : html`<p class="problem">${this.problem}</p>`}
          ${this.answer === null ? nothing : this.shown(this.answer)}
        </div>
      </div>`;
  }

  shown({status, headers, body, millis, eventId}) {
    return html`
      <section class="answer ${status < 300 ? 'fine' : 'refused'}">
        <h2>${status} <small>in ${millis} ms</small></h2>
        <dl>${headers.map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`)}</dl>
        <pre tabindex="0" role="region" aria-label="Body of the answer">${visibleLines(body)}</pre>
        ${eventId === undefined ? nothing : html`<p><a href=${addressOf('events', {event: eventId})}>Look at it among the events</a></p>`}
      </section>`;
  }

  async submitted(submit) {
    submit.preventDefault();
    this.isBusy = true;
    this.problem = '';
    this.answer = null;
    try {
      this.answer = await this.send(bodyOf(submit.target.elements));
    } catch (error) {
      this.problem = error.message;
    }
    this.isBusy = false;
  }

  async send(body) {
    const begin = performance.now();
    const answer = await this.session.fetch('/event', {method: 'POST', headers: {'Content-Type': 'application/json'}, body});
    const text = await answer.text();
    return {
      status: answer.status,
      headers: HEADERS.map(name => [name, answer.headers.get(name)]).filter(([, value]) => value !== null),
      body: text,
      millis: Math.round(performance.now() - begin),
      eventId: answer.ok ? JSON.parse(text).event_id : undefined,
    };
  }
}

/** A payload that should be JSON goes as it was typed, also when it is none: the service says so. */
function bodyOf({type, payload, json, id, key}) {
  const members = [
    ['event_type', JSON.stringify(type.value)],
    ['event_payload', json.checked ? payload.value : JSON.stringify(payload.value)],
    ['event_id', id.value === '' ? '' : JSON.stringify(id.value)],
    ['event_key', key.value === '' ? '' : JSON.stringify(key.value)],
  ];
  return `{${members.filter(([, value]) => value !== '').map(([name, value]) => `"${name}": ${value}`).join(', ')}}`;
}

customElements.define('send-view', SendView);

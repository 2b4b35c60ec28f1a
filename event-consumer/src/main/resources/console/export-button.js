import {html, LitElement, nothing} from 'lit';
import {save} from './export.js';

/** Exports what a query gives; a second press ends it. */
class ExportButton extends LitElement {
  static properties = {session: {attribute: false}, query: {attribute: false}, note: {state: true}, running: {state: true}};

  constructor() {
    super();
    this.note = '';
    this.running = null;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.running?.abort();
  }

  render() {
    return html`
      <button type="button" class="quiet" @click=${this.running === null ? this.start : this.stop}>${this.running === null ? 'Export' : 'Stop the export'}</button>
      ${this.note === '' ? nothing : html`<span class="note" role="status">${this.note}</span>`}`;
  }

  async start() {
    this.running = new AbortController();
    this.note = '';
    try {
      this.note = await save(this.session, this.query, this.running.signal, words => (this.note = words));
    } catch (error) {
      this.note = error.name === 'AbortError' ? 'Not exported.' : error.message;
    }
    this.running = null;
  }

  stop() {
    this.running.abort();
  }
}

customElements.define('export-button', ExportButton);

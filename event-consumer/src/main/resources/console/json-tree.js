import {html, LitElement, nothing} from 'lit';
import {hasParts, scalarText} from './exact-json.js';
import {count, visible, visibleLines} from './text.js';

/** How much of a value is shown before somebody asks for more. */
const FIRST_PARTS = 100;
const FIRST_SIGNS = 2_000;
const OPEN_DEPTH = 2;
const OPEN_PARTS = 20;

/** One value of a JSON text, with its parts where it is open. */
class JsonTree extends LitElement {
  static properties = {value: {attribute: false}, name: {attribute: false}, depth: {attribute: false}, open: {state: true}, shown: {state: true}};

  constructor() {
    super();
    this.depth = 0;
    this.name = null;
    this.open = null;
    this.shown = FIRST_PARTS;
  }

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('value')) {
      this.shown = hasParts(this.value) ? FIRST_PARTS : FIRST_SIGNS;
      this.open = this.depth < OPEN_DEPTH && hasParts(this.value) && Object.keys(this.value).length <= OPEN_PARTS;
      this.open ||= this.depth === 0;
    }
  }

  render() {
    const name = this.name === null ? nothing : html`<span class="name">${visible(String(this.name))}</span>: `;
    return hasParts(this.value) ? this.parts(name) : html`<div class="leaf">${name}${this.leaf()}</div>`;
  }

  leaf() {
    if (typeof this.value !== 'string') {
      return html`<span class="scalar">${scalarText(this.value)}</span>`;
    }
    const rest = this.value.length - this.shown;
    const text = visibleLines(this.value.slice(0, this.shown));
    return html`<span class="string"><bdi>"${text}${rest > 0 ? '…' : '"'}</bdi></span>
      ${rest > 0 ? this.more(`${count(rest)} more characters`, this.value.length) : nothing}`;
  }

  parts(name) {
    const parts = Object.entries(this.value);
    const isArray = Array.isArray(this.value);
    const size = isArray ? `[${count(parts.length)}]` : `{${count(parts.length)}}`;
    return html`
      <details .open=${this.open} @toggle=${this.toggled}>
        <summary>${name}<span class="size">${size}</span></summary>
        ${this.open ? this.shownParts(parts) : nothing}
      </details>`;
  }

  shownParts(parts) {
    const rest = parts.length - this.shown;
    return html`
      <div class="parts">
        ${parts.slice(0, this.shown).map(([key, value]) => html`<json-tree .name=${key} .value=${value} .depth=${this.depth + 1}></json-tree>`)}
        ${rest > 0 ? this.more(`${count(rest)} more`, this.shown + FIRST_PARTS * 10) : nothing}
      </div>`;
  }

  more(label, shown) {
    return html`<button type="button" class="quiet" @click=${() => (this.shown = shown)}>${label}</button>`;
  }

  toggled({target}) {
    this.open = target.open;
  }
}

customElements.define('json-tree', JsonTree);

import {html, LitElement, nothing} from 'lit';

const HELP = [
  ['out of stock', 'text in the payload'],
  ['type:order.paid', 'events of this type; repeated, of any of them'],
  ['type:order.*', 'of all types that begin so'],
  ['since:10m', 'received since: 30s, 10m, 2h, 7d, or a time as 2026-11-25T09:30:00Z'],
  ['until:2026-11-26T00:00:00Z', 'received before then'],
  ['key:customer-7', 'with this event_key'],
  ['{"order": {"id": 17}}', 'the payload is JSON that contains this'],
  ['id:order-17', 'the one event with this id'],
  ['"type:x"', 'quotes make anything plain text'],
];

/** Where a search is typed. Tells "find" with the text. */
class SearchBox extends LitElement {
  static properties = {text: {attribute: false}, faults: {attribute: false}, isHelping: {state: true}};

  constructor() {
    super();
    this.text = '';
    this.faults = [];
    this.isHelping = false;
  }

  createRenderRoot() {
    return this;
  }

  get input() {
    return this.querySelector('input');
  }

  /** The next key goes into it, in place of what is there. */
  take() {
    this.input.focus();
    this.input.select();
  }

  render() {
    return html`
      <form role="search" @submit=${this.submitted} @keydown=${this.keyed}>
        <input type="search" aria-label="Search events" placeholder="text, type:order.*, since:10m, key:, {&quot;order&quot;: 17}   ( / )"
          autocomplete="off" autocapitalize="off" spellcheck="false" .value=${this.text}
          aria-invalid=${this.faults.length > 0} aria-describedby="search-faults" @search=${this.cleared}>
        <button type="submit">Search</button>
        <button type="button" class="quiet" aria-expanded=${this.isHelping} aria-controls="search-help" aria-label="How to search"
          @click=${() => (this.isHelping = !this.isHelping)}>?</button>
        ${this.isHelping ? this.help() : nothing}
      </form>
      <p id="search-faults" class="problem" role="alert">${this.faults.join('; ')}</p>`;
  }

  help() {
    return html`
      <div id="search-help" class="bubble" role="note">
        <dl>${HELP.map(([example, meaning]) => html`<dt><code>${example}</code></dt><dd>${meaning}</dd>`)}</dl>
        <p>All that is given must hold. Keys: <kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> down and up, <kbd>Enter</kbd> open, <kbd>Esc</kbd> close.</p>
      </div>`;
  }

  submitted(submit) {
    submit.preventDefault();
    this.isHelping = false;
    this.tell();
  }

  /** The cross of the field empties it. */
  cleared() {
    if (this.input.value === '') {
      this.tell();
    }
  }

  /** The browser would empty the field. */
  keyed(press) {
    if (press.key === 'Escape') {
      press.preventDefault();
      press.stopPropagation();
      this.isHelping = false;
      this.input.blur();
    }
  }

  tell() {
    this.dispatchEvent(new CustomEvent('find', {detail: this.input.value.trim()}));
  }
}

customElements.define('search-box', SearchBox);

import {html, LitElement} from 'lit';

const SHOWN_MILLIS = 1_500;

/** Copies a text; says so. */
class CopyButton extends LitElement {
  static properties = {text: {attribute: false}, label: {}, outcome: {state: true}};

  constructor() {
    super();
    this.text = '';
    this.label = 'Copy';
    this.outcome = '';
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<button type="button" class="quiet" @click=${this.copy}>${this.outcome || this.label}</button>
      <span class="unseen" role="status">${this.outcome}</span>`;
  }

  async copy() {
    this.outcome = (await copied(this.text)) ? 'Copied' : 'Not allowed';
    setTimeout(() => (this.outcome = ''), SHOWN_MILLIS);
  }
}

/** Pages that came over plain HTTP from another machine have no clipboard but the old way to it. */
async function copied(text) {
  try {
    if (navigator.clipboard !== undefined) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    return oldWay(text);
  }
  return oldWay(text);
}

function oldWay(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

customElements.define('copy-button', CopyButton);

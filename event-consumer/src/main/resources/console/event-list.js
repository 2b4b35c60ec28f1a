import {html, LitElement} from 'lit';
import {visible} from './text.js';
import {brief} from './time.js';

/** Rows beyond what is seen, so that scrolling finds them there. */
const MARGIN = 10;

/**
 * The rows of a feed. Only those that are seen are in the page, whatever their number. Tells "pick"
 * with a row, "more" near the end, "reading" when somebody scrolls away from the head, and "aiming"
 * when a mouse or a finger moves over the rows, or leaves them.
 */
class EventList extends LitElement {
  static properties = {
    rows: {attribute: false},
    activeId: {attribute: false},
    openId: {attribute: false},
    ending: {attribute: false},
    top: {state: true},
    height: {state: true},
  };

  constructor() {
    super();
    this.rows = [];
    this.activeId = null;
    this.openId = null;
    this.ending = '';
    this.top = 0;
    this.height = 0;
    this.rowHeight = 28;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.resizes = new ResizeObserver(() => this.measure());
    this.resizes.observe(this);
  }

  disconnectedCallback() {
    this.resizes.disconnect();
    super.disconnectedCallback();
  }

  get scroller() {
    return this.querySelector('.rows');
  }

  measure() {
    this.rowHeight = Number.parseFloat(getComputedStyle(this).getPropertyValue('--row')) || 28;
    this.height = this.clientHeight;
    this.requestUpdate();
  }

  render() {
    const first = Math.max(0, Math.floor(this.top / this.rowHeight) - MARGIN);
    const last = Math.min(this.rows.length, Math.ceil((this.top + this.height) / this.rowHeight) + MARGIN);
    this.first = first;
    const active = this.rows.some(row => row.id === this.activeId) ? `row-${this.activeId}` : '';
    return html`
      <div class="rows" @scroll=${this.scrolled} @pointerdown=${this.pointed} @pointermove=${this.pointed} @pointerleave=${() => this.tell('aiming', false)}>
        <div class="rows-all" role="listbox" tabindex="0" aria-label="Events, newest first" aria-activedescendant=${active}>
          <div class="rows-seen" role="presentation">
            ${this.rows.slice(first, last).map((row, i) => this.row(row, first + i + 1))}
          </div>
        </div>
        <p class="rows-end">${this.ending}</p>
      </div>`;
  }

  row(row, place) {
    const state = `row ${row.id === this.activeId ? 'active' : ''} ${row.erased ? 'erased' : ''}`;
    return html`
      <div id="row-${row.id}" class=${state} role="option" aria-selected=${row.id === this.openId} aria-posinset=${place} aria-setsize="-1"
        @click=${() => this.tell('pick', row)}>
        <time datetime=${row.time}>${brief(row.time)}</time>
        <span class="type">${visible(row.type)}</span>
        <span class="id">${visible(row.eventId)}</span>
        <span class="payload"><bdi>${row.erased ? 'erased' : visible(row.preview)}</bdi></span>
      </div>`;
  }

  updated() {
    const {scroller} = this;
    scroller.querySelector('.rows-all').style.height = `${this.rows.length * this.rowHeight}px`;
    scroller.querySelector('.rows-seen').style.transform = `translateY(${this.first * this.rowHeight}px)`;
    if (this.height > 0 && this.top + 2 * this.height > this.rows.length * this.rowHeight) {
      this.tell('more');
    }
  }

  scrolled() {
    this.top = this.scroller.scrollTop;
    this.tell('reading', this.top > this.rowHeight);
  }

  /** A browser says that the mouse moves also where it is the rows that do. */
  pointed({type, movementX, movementY}) {
    if (type === 'pointerdown' || movementX !== 0 || movementY !== 0) {
      this.tell('aiming', true);
    }
  }

  scrollToHead() {
    this.scroller.scrollTop = 0;
  }

  /** Rows went from the head; what is seen stays where it is. */
  dropped(number) {
    this.scroller.scrollTop -= number * this.rowHeight;
    this.top = this.scroller.scrollTop;
  }

  /** Brings a row into view. */
  reveal(index) {
    const at = index * this.rowHeight;
    const {scroller} = this;
    if (at < scroller.scrollTop) {
      scroller.scrollTop = at;
    } else if (at + this.rowHeight > scroller.scrollTop + this.height) {
      scroller.scrollTop = at + this.rowHeight - this.height;
    }
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, {detail}));
  }
}

customElements.define('event-list', EventList);

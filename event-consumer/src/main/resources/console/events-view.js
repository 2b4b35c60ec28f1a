import {html, LitElement, nothing} from 'lit';
import {EventFeed} from './event-feed.js';
import {ending, withoutRows} from './list-states.js';
import {queryOf, readSearch, withField} from './search.js';
import {go} from './route.js';
import {count} from './text.js';
import './event-detail.js';
import './event-list.js';
import './export-button.js';
import './search-box.js';

/** After a mouse has moved over the rows, they stay where they are for so long, so that one can be hit. */
const AIM_MILLIS = 2_000;

const TAIL = {
  off: 'not followed',
  connecting: 'connecting …',
  live: 'live',
  reconnecting: 'the stream broke off; reconnecting …',
  failed: 'not followed',
};

/** The stored events: searched, followed, and one of them open beside the list. */
class EventsView extends LitElement {
  static properties = {session: {attribute: false}, parameters: {attribute: false}, activeId: {state: true}};

  constructor() {
    super();
    this.activeId = null;
    this.isScrolled = false;
    this.isAimed = false;
    this.keyed = press => this.key(press);
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.keyed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.keyed);
    clearTimeout(this.rest);
    this.feed?.end();
  }

  get text() {
    return this.parameters.q ?? '';
  }

  get isLive() {
    const {until, id, faults} = this.search;
    return this.parameters.live !== '0' && until === undefined && id === undefined && faults.length === 0;
  }

  willUpdate(changed) {
    const before = changed.get('parameters');
    if (this.feed === undefined || (before !== undefined && (before.q !== this.parameters.q || before.live !== this.parameters.live))) {
      this.begin();
    }
    this.hold();
  }

  /** From the newest on. */
  begin() {
    this.feed?.end();
    this.search = readSearch(this.text);
    this.feed = new EventFeed(this.session, this.search, this.isLive);
    this.activeId = null;
    this.isScrolled = false;
    const {feed} = this;
    feed.addEventListener('change', () => this.requestUpdate());
    feed.addEventListener('dropped', ({detail}) => this.list?.dropped(detail));
    if (this.search.faults.length === 0) {
      feed.start();
    }
  }

  hold() {
    this.feed.hold(this.isScrolled || this.isAimed || this.activeId !== null || this.openId !== undefined);
  }

  get openId() {
    return this.parameters.event;
  }

  get list() {
    return this.querySelector('event-list');
  }

  render() {
    const {faults} = this.search;
    return html`
      <div class="events ${this.openId === undefined ? '' : 'with-detail'}">
        <h1 class="unseen">Events</h1>
        <div class="events-main">
          <search-box .text=${this.text} .faults=${faults} @find=${({detail}) => this.show({q: detail, event: null})}></search-box>
          ${faults.length > 0 ? nothing : html`${this.bar()}${this.rows()}`}
        </div>
        ${this.openId === undefined ? nothing : this.detail()}
      </div>`;
  }

  bar() {
    const {tailState, tailError, arrived, isHeadless} = this.feed;
    const canFollow = this.search.until === undefined && this.search.id === undefined;
    return html`
      <div class="bar">
        <label class="switch"><input type="checkbox" ?disabled=${!canFollow} .checked=${this.isLive} @change=${this.follow}> follow</label>
        <span class="tail ${tailState}" role="status">${TAIL[tailState]}${tailState === 'failed' ? ` (${tailError.message})` : ''}</span>
        ${this.isLive ? nothing : html`<button type="button" class="quiet" @click=${this.again}>Refresh</button>`}
        <export-button .session=${this.session} .query=${queryOf(this.search)} ?hidden=${this.search.id !== undefined}></export-button>
        ${arrived > 0 ? html`<button type="button" class="pill" @click=${this.toHead}>${count(arrived)} new</button>` : nothing}
        ${isHeadless && arrived === 0 ? html`<button type="button" class="pill" @click=${this.toHead}>Back to the newest</button>` : nothing}
      </div>`;
  }

  rows() {
    if (this.feed.rows.length === 0) {
      return withoutRows(this.feed, this.text !== '', this.session.account, () => this.again());
    }
    return html`<event-list .rows=${this.feed.rows} .activeId=${this.activeId} .openId=${this.openRow()} .ending=${ending(this.feed)}
      @pick=${({detail}) => this.open(detail)} @more=${this.more} @reading=${({detail}) => this.read(detail)} @aiming=${({detail}) => this.aim(detail)}></event-list>`;
  }

  detail() {
    const type = this.feed.rows.find(row => row.eventId === this.openId)?.type;
    return html`
      <aside>
        <event-detail .session=${this.session} .eventId=${this.openId} @close=${this.close} @erased=${() => this.feed.erased(this.openId)}></event-detail>
        ${type === undefined ? nothing : html`<p class="tools"><button type="button" class="quiet" @click=${() => this.show({q: withField(this.text, 'type', type)})}>Only this type</button></p>`}
      </aside>`;
  }

  openRow() {
    return this.feed.rows.find(row => row.eventId === this.openId)?.id ?? null;
  }

  /** Changes what the address says. */
  show(changes, how) {
    go('events', {...this.parameters, ...changes}, how);
  }

  open(row) {
    this.activeId = row.id;
    this.show({event: row.eventId}, {replace: this.openId !== undefined});
  }

  close() {
    this.show({event: null});
    this.updateComplete.then(() => this.querySelector('.rows-all')?.focus());
  }

  follow({target}) {
    this.show({live: target.checked ? null : '0'});
  }

  again() {
    this.begin();
    this.requestUpdate();
  }

  more() {
    if (this.feed.hasMore && !this.feed.isLoading && !this.feed.isStalled && this.feed.error === null) {
      this.feed.older();
    }
  }

  read(isScrolled) {
    this.isScrolled = isScrolled;
    this.hold();
  }

  aim(isAimed) {
    clearTimeout(this.rest);
    this.isAimed = isAimed;
    this.hold();
    if (isAimed) {
      this.rest = setTimeout(() => this.aim(false), AIM_MILLIS);
    }
  }

  /** To the newest: the list shows what has waited, and goes on following. */
  toHead() {
    if (this.feed.isHeadless) {
      this.again();
    }
    this.list?.scrollToHead();
    this.isScrolled = false;
    this.activeId = null;
    this.feed.hold(false);
    if (this.openId !== undefined) {
      this.show({event: null});
    }
  }

  key(press) {
    const isTyping = press.target.closest?.('input, textarea, dialog');
    if (isTyping || press.ctrlKey || press.metaKey || press.altKey) {
      return;
    }
    const others = {Enter: 'button, a, summary', ArrowDown: '.payload-body', ArrowUp: '.payload-body'}[press.key];
    const act = this.keys()[press.key];
    if (act !== undefined && !(others && press.target.closest?.(others))) {
      press.preventDefault();
      act();
    }
  }

  keys() {
    const down = () => this.move(1);
    const up = () => this.move(-1);
    const close = () => (this.openId === undefined ? (this.activeId = null) : this.close());
    const search = () => this.querySelector('search-box').take();
    const open = () => this.feed.rows.filter(row => row.id === this.activeId).forEach(row => this.open(row));
    return {j: down, ArrowDown: down, k: up, ArrowUp: up, Enter: open, Escape: close, '/': search};
  }

  /** Once an event is open, it is the next one that is. */
  move(by) {
    const {rows} = this.feed;
    const at = rows.findIndex(row => row.id === this.activeId);
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    if (rows.length === 0) {
      return;
    }
    this.activeId = rows[next].id;
    this.list.reveal(next);
    if (this.openId !== undefined) {
      this.open(rows[next]);
    }
  }
}

customElements.define('events-view', EventsView);

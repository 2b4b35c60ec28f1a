import {EventPages, rowOf} from './event-pages.js';
import {Tail} from './tail.js';
import {queryOf} from './search.js';

/** What a list holds at most; the others are let go, and read again where somebody scrolls to them. */
const MOST_ROWS = 5_000;

const FLUSH_MILLIS = 100;

/**
 * The rows that a list shows, newest first: pages of what is stored, and at their head what arrives.
 * While it is held, what arrives waits. Tells "change", and "dropped" when rows went from the head.
 */
export class EventFeed extends EventTarget {
  rows = [];
  isLoading = true;
  error = null;

  /** How many events wait, those included that were let go again. */
  arrived = 0;

  /** Whether the rows do not begin with the newest any more, because so many were read behind it. */
  isHeadless = false;

  /** Whether many events were looked at and none of them matched. */
  isStalled = false;

  /** Of the tail: "off", "connecting", "live", "reconnecting" or "failed". */
  tailState;
  tailError = null;

  #session;
  #search;
  #pages;
  #tail = null;
  #isOpened = false;
  #incoming = [];
  #waiting = [];
  #newest = -1;
  #isHeld = false;
  #timer = 0;
  #ending = new AbortController();

  constructor(session, search, isLive) {
    super();
    this.#session = session;
    this.#search = search;
    this.#pages = new EventPages(session, search);
    this.tailState = isLive ? 'connecting' : 'off';
  }

  /** The tail first: what comes after it has begun is in it, what came before is in the first page. */
  start() {
    if (this.tailState === 'off') {
      this.older();
      return;
    }
    const query = queryOf(this.#search, {from: 'now', since: null});
    const told = {event: event => this.#arrive(event), state: (state, error) => this.#turn(state, error)};
    this.#tail = new Tail(this.#session, query, told);
    this.#tail.run();
  }

  end() {
    this.#ending.abort();
    this.#tail?.end();
    clearTimeout(this.#timer);
  }

  #turn(state, error = null) {
    if (state === 'live' && !this.#isOpened) {
      this.#isOpened = true;
      this.#fromTheTop();
    } else if (this.tailState === 'connecting') {
      this.older();
    }
    this.tailState = state;
    this.tailError = error;
    this.#changed();
  }

  #fromTheTop() {
    this.#pages = new EventPages(this.#session, this.#search);
    this.rows = [];
    this.older();
  }

  get hasMore() {
    return this.#pages.hasMore;
  }

  /** Reads the next page. */
  async older() {
    const pages = this.#pages;
    this.isLoading = true;
    this.#changed();
    try {
      const rows = await pages.more(this.rows.at(-1)?.id ?? Infinity, this.#ending.signal);
      if (pages === this.#pages) {
        this.#append(rows);
      }
    } catch (error) {
      this.error = error;
    }
    if (pages === this.#pages && !this.#ending.signal.aborted) {
      this.isLoading = false;
      this.#changed();
    }
  }

  #append(rows) {
    this.error = null;
    this.isStalled = rows.length === 0 && this.hasMore;
    this.rows = this.rows.concat(rows);
    this.#newest = Math.max(this.#newest, this.rows[0]?.id ?? -1);
    const surplus = this.rows.length - MOST_ROWS;
    if (surplus > 0) {
      this.isHeadless = true;
      this.rows = this.rows.slice(surplus);
      this.dispatchEvent(new CustomEvent('dropped', {detail: surplus}));
    }
  }

  /** Its row says so. */
  erased(eventId) {
    this.rows = this.rows.map(row => (row.eventId === eventId ? {...row, erased: true, preview: ''} : row));
    this.#changed();
  }

  /** Lets what arrives wait, because somebody reads. */
  hold(isHeld) {
    this.#isHeld = isHeld;
    if (!isHeld && this.#waiting.length > 0) {
      this.#flush();
    }
  }

  #arrive(event) {
    this.#incoming.push(rowOf(event));
    if (this.#incoming.length >= MOST_ROWS) {
      this.#flush();
    } else {
      this.#flushSoon();
    }
  }

  #flushSoon() {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.#flush();
    }, FLUSH_MILLIS);
  }

  /** What the first page has may come by the tail once more, so that page is waited for. */
  #flush() {
    if (this.isLoading && this.rows.length === 0) {
      this.#incoming = this.#incoming.slice(-2 * MOST_ROWS);
      this.#flushSoon();
      return;
    }
    const fresh = this.#incoming.filter(row => row.id > this.#newest);
    this.#incoming = [];
    this.#newest = fresh.at(-1)?.id ?? this.#newest;
    this.arrived += fresh.length;
    this.#waiting = this.#waiting.concat(fresh).slice(-MOST_ROWS);
    if (!this.#isHeld && !this.isHeadless && this.arrived > 0) {
      this.#show();
    }
    this.#changed();
  }

  /** Where some of what waited was let go, the rows before it are no longer next to it, and go too. */
  #show() {
    const joins = this.arrived === this.#waiting.length;
    const rows = this.#waiting.reverse().concat(joins ? this.rows : []);
    if (!joins || rows.length > MOST_ROWS) {
      rows.length = Math.min(rows.length, MOST_ROWS);
      this.#pages.continueBehind(rows.at(-1));
    }
    this.rows = rows;
    this.#waiting = [];
    this.arrived = 0;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

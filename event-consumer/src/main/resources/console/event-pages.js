import {eventPath, good, nextPage} from './service.js';
import {parse, scalarText, hasParts} from './exact-json.js';
import {beginning} from './text.js';
import {justAfter} from './time.js';
import {queryOf} from './search.js';

const PAGE = 200;
const PREVIEW = 300;

/** A walk over events that were passed over stops after so many pages; a page looks at 10,000. */
const MOST_EMPTY_PAGES = 20;

/** What a list keeps of an event: not its payload, which may be 256 KiB. */
export function rowOf({id, event_id, type, event_key, received_time, payload, erased}) {
  const text = typeof payload === 'string' ? payload : hasParts(payload) ? JSON.stringify(payload) : scalarText(payload);
  return {id, eventId: event_id, type, key: event_key, time: received_time, erased: erased ?? false, preview: beginning(text, PREVIEW)};
}

/** The pages of events that match a search, newest first. */
export class EventPages {
  #session;
  #search;
  #next;

  constructor(session, search) {
    this.#session = session;
    this.#search = search;
    this.#next = `/event?${this.#query()}`;
  }

  #query(more = {}) {
    return queryOf(this.#search, {...more, order: 'desc', limit: PAGE});
  }

  get hasMore() {
    return this.#next !== null;
  }

  /** Goes on behind this row, wherever it was before. */
  continueBehind(row) {
    this.#next = `/event?${this.#query({until: justAfter(row.time)})}`;
  }

  /** The next rows, of places before this one; fewer than a page, or none, where few match. */
  async more(below, signal) {
    for (let page = 0; page < MOST_EMPTY_PAGES && this.hasMore; page++) {
      const rows = (await this.#page(signal)).map(rowOf).filter(row => row.id < below);
      if (rows.length > 0) {
        return rows;
      }
    }
    return [];
  }

  async #page(signal) {
    if (this.#search.id !== undefined) {
      this.#next = null;
      return one(this.#session, this.#search.id, signal);
    }
    const answer = await good(await this.#session.fetch(this.#next, {signal}));
    const events = parse(await answer.text());
    this.#next = nextPage(answer);
    return events;
  }
}

async function one(session, eventId, signal) {
  const answer = await session.fetch(eventPath(eventId), {signal});
  return answer.status === 404 ? [] : [parse(await (await good(answer)).text())];
}

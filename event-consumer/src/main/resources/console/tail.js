import {broken, good, ServiceError} from './service.js';
import {parse} from './exact-json.js';
import {frames} from './sse.js';

const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 10_000;

/** Three heartbeats, at the longest that a service can be set to. */
const SILENCE_MILLIS = 150_000;

/**
 * Follows the events that match, from now on. However often the stream breaks off, none is missed
 * and none comes twice: it comes back with the last id.
 */
export class Tail {
  #session;
  #query;
  #told;
  #lastId = null;
  #pause = FIRST_PAUSE_MILLIS;
  #ending = new AbortController();

  /**
   * @param told {event, state}: called with each event, and with "live", "reconnecting" or, when it
   *   is over, "failed" and the error
   */
  constructor(session, query, told) {
    this.#session = session;
    this.#query = query;
    this.#told = told;
  }

  async run() {
    while (!this.#ending.signal.aborted) {
      try {
        await this.#follow();
        throw new ServiceError(0, 'The stream has ended.');
      } catch (error) {
        await this.#brokenOff(error);
      }
    }
  }

  end() {
    this.#ending.abort();
  }

  async #brokenOff(error) {
    if (this.#ending.signal.aborted) {
      return;
    }
    if (error instanceof ServiceError && !error.passes) {
      this.end();
      this.#told.state('failed', error);
      return;
    }
    this.#told.state('reconnecting', error);
    await pause(this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MILLIS);
  }

  async #follow() {
    const connection = new AbortController();
    const abort = () => connection.abort();
    this.#ending.signal.addEventListener('abort', abort);
    window.addEventListener('offline', abort);
    let silence = setTimeout(abort, SILENCE_MILLIS);
    try {
      const headers = {Accept: 'text/event-stream', ...(this.#lastId && {'Last-Event-ID': this.#lastId})};
      const answer = await this.#session.fetch(`/event?${this.#query}`, {headers, signal: connection.signal});
      const {body} = await good(answer);
      for await (const frame of frames(body)) {
        clearTimeout(silence);
        silence = setTimeout(abort, SILENCE_MILLIS);
        this.#take(frame);
      }
    } catch (error) {
      throw error instanceof ServiceError ? error : broken(error);
    } finally {
      clearTimeout(silence);
      this.#ending.signal.removeEventListener('abort', abort);
      window.removeEventListener('offline', abort);
    }
  }

  /** The first frame has an id and no event: it tells that the stream is there. */
  #take({id, data}) {
    if (data !== undefined) {
      this.#told.event(parse(data));
    }
    if (id !== undefined) {
      this.#lastId = id;
      this.#pause = FIRST_PAUSE_MILLIS;
      this.#told.state('live');
    }
  }
}

/** Shorter where the machine comes back to its network. */
function pause(millis) {
  return new Promise(over => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      over();
    };
    const timer = setTimeout(end, millis);
    window.addEventListener('online', end);
  });
}

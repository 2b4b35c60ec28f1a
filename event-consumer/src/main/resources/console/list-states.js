import {html, nothing} from 'lit';
import {sendCommand} from './commands.js';
import {counted} from './text.js';
import './copy-button.js';

/** What stands behind the last row of a feed. */
export function ending(feed) {
  const {rows, isLoading, isStalled, error, hasMore} = feed;
  if (isLoading) {
    return 'Reading more …';
  }
  if (error !== null) {
    return html`${error.message} ${furtherBack(feed, 'Try again')}`;
  }
  if (isStalled) {
    return html`No more among the last ones looked at. ${furtherBack(feed, 'Look further back')}`;
  }
  return hasMore ? '' : `${counted(rows.length, 'event')}; there are no older ones.`;
}

function furtherBack(feed, label) {
  return html`<button type="button" @click=${() => feed.older()}>${label}</button>`;
}

/** What stands in place of the rows where there are none. */
export function withoutRows(feed, isSearch, account, again) {
  if (feed.error !== null) {
    return html`<p class="note problem" role="alert">${feed.error.message} <button type="button" @click=${again}>Try again</button></p>`;
  }
  if (feed.isLoading) {
    return html`<p class="note" role="status">Reading events …</p>`;
  }
  return isSearch ? nothingFound(feed) : firstEvent(account);
}

function nothingFound(feed) {
  return html`
    <section class="empty">
      <h2>No event matches</h2>
      <p>${feed.hasMore ? 'The newest ones were looked through; older ones were not.' : 'All stored events were looked through.'}</p>
      <p class="tools">${feed.hasMore ? furtherBack(feed, 'Look further back') : nothing} <a href="#/events">Show all events</a></p>
    </section>`;
}

/** How the first event is sent from a shell. */
function firstEvent(account) {
  const command = sendCommand(location.origin, account);
  return html`
    <section class="empty">
      <h2>No event is stored yet</h2>
      <p>This sends the first one. Run it in the folder of message-relay, whose <code>.env</code> holds the password:</p>
      <pre tabindex="0" role="region" aria-label="Command">${command}</pre>
      <p class="tools"><copy-button .text=${command} label="Copy the command"></copy-button> <a href="#/send">or send one from here</a></p>
    </section>`;
}

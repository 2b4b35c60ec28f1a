import {html, LitElement} from 'lit';
import {Session} from './session.js';
import {addressOf, readRoute} from './route.js';
import './events-view.js';
import './overview-view.js';
import './refusals-view.js';
import './send-view.js';
import './sign-in.js';

const TITLES = {events: 'Events', overview: 'Overview', refusals: 'Refused', send: 'Send'};

/** The whole page: who is signed in, and the view that the address names. */
class RelayConsole extends LitElement {
  static properties = {route: {state: true}};

  constructor() {
    super();
    this.session = new Session();
    this.route = readRoute();
    this.session.addEventListener('change', () => this.requestUpdate());
    window.addEventListener('hashchange', () => (this.route = readRoute()));
  }

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    const title = this.session.isOpen ? TITLES[this.route.view] : 'Sign in';
    document.title = `${title} – event-consumer`;
  }

  render() {
    const {session} = this;
    if (!session.isOpen) {
      return html`<sign-in .session=${session}></sign-in>`;
    }
    return html`
      <header class="top">
        <span class="brand">event-consumer</span>
        <nav aria-label="Views">${Object.keys(TITLES).map(view => this.link(view))}</nav>
        <span class="account"><a href="/docs">API</a> <span class="name">${session.account}</span>
          <button type="button" class="quiet" @click=${() => session.signOut('You are signed out.')}>Sign out</button></span>
      </header>
      <main>${this.view()}</main>`;
  }

  link(view) {
    return html`<a href=${addressOf(view)} aria-current=${view === this.route.view ? 'page' : 'false'}>${TITLES[view]}</a>`;
  }

  view() {
    const {session, route} = this;
    switch (route.view) {
      case 'overview':
        return html`<overview-view .session=${session}></overview-view>`;
      case 'refusals':
        return html`<refusals-view .session=${session}></refusals-view>`;
      case 'send':
        return html`<send-view .session=${session}></send-view>`;
      default:
        return html`<events-view .session=${session} .parameters=${route.parameters}></events-view>`;
    }
  }
}

customElements.define('relay-console', RelayConsole);

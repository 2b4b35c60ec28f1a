import {html, LitElement} from 'lit';
import {tokenWith} from './session.js';
import {ask, eventPath, good} from './service.js';
import {visible} from './text.js';

const SCOPE = 'events:admin';

/** Asks before an event is erased, and for a login that may do it. Tells "erased". */
class EraseDialog extends LitElement {
  static properties = {session: {attribute: false}, eventId: {attribute: false}, problem: {state: true}, isBusy: {state: true}};

  constructor() {
    super();
    this.problem = '';
    this.isBusy = false;
  }

  createRenderRoot() {
    return this;
  }

  get dialog() {
    return this.querySelector('dialog');
  }

  ask() {
    this.problem = '';
    this.dialog.showModal();
  }

  render() {
    return html`
      <dialog aria-labelledby="erase-title">
        <form @submit=${this.erase} autocomplete="off">
          <h2 id="erase-title">Erase this event?</h2>
          <p>Payload, key and trace context of <code>${visible(this.eventId)}</code> go for good. Its place, id and time stay. Nobody can undo this.</p>
          <p>Erasing needs a login with the scope <code>events:admin</code>, which <code>SERVICE_SCOPES</code> has to allow. It is used once.</p>
          <label>Account <input name="username" required autocomplete="off" .value=${this.session.account}></label>
          <label>Password <input name="password" type="password" required autocomplete="off"></label>
          <p class="problem" role="alert">${this.problem}</p>
          <p class="buttons">
            <button type="button" @click=${() => this.dialog.close()}>Keep it</button>
            <button type="submit" class="danger" ?disabled=${this.isBusy}>Erase for good</button>
          </p>
        </form>
      </dialog>`;
  }

  async erase(submit) {
    submit.preventDefault();
    const {username, password} = submit.target.elements;
    this.isBusy = true;
    try {
      const token = await tokenWith(SCOPE, username.value, password.value);
      const headers = {Authorization: `Bearer ${token}`};
      await good(await ask(eventPath(this.eventId), {method: 'DELETE', headers}));
      this.dialog.close();
      this.dispatchEvent(new CustomEvent('erased'));
    } catch (error) {
      this.problem = error.message;
    }
    password.value = '';
    this.isBusy = false;
  }
}

customElements.define('erase-dialog', EraseDialog);

import {html, LitElement} from 'lit';

/** Asks for the account's name and password. */
class SignIn extends LitElement {
  static properties = {session: {attribute: false}, problem: {state: true}, isBusy: {state: true}};

  constructor() {
    super();
    this.problem = null;
    this.isBusy = false;
  }

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    this.querySelector('input').focus();
  }

  render() {
    return html`
      <main class="sign-in">
        <form @submit=${this.submitted}>
          <h1>event-consumer</h1>
          <label>Account <input name="username" required autocomplete="username" autocapitalize="off" spellcheck="false"></label>
          <label>Password <input name="password" type="password" required autocomplete="current-password"></label>
          <p class="problem" role="alert">${this.problem ?? this.session.farewell}</p>
          <button type="submit" class="main" ?disabled=${this.isBusy}>${this.isBusy ? 'Signing in …' : 'Sign in'}</button>
          <p class="hint">The name and password of the service: <code>SERVICE_NAME</code> and <code>SERVICE_PASSWORD</code>. You are signed out when you close or reload the page.</p>
        </form>
      </main>`;
  }

  async submitted(submit) {
    submit.preventDefault();
    const {username, password} = submit.target.elements;
    this.isBusy = true;
    this.problem = '';
    try {
      await this.session.signIn(username.value, password.value);
    } catch (error) {
      this.problem = error.status === 401 ? 'Wrong name or password.' : error.message;
      password.select();
    }
    this.isBusy = false;
  }
}

customElements.define('sign-in', SignIn);

package io.messagerelay.propagator.auth;

/**
 * Whom we log in as.
 *
 * @param name {@code SERVICE_NAME}
 * @param password {@code SERVICE_PASSWORD}; a secret
 */
public record Account(String name, String password) {

  /** The name alone. */
  @Override
  public String toString() {
    return name;
  }
}

package io.messagerelay.propagator.auth;

import java.net.URI;

/**
 * An address that we post to. Its text, for people, leaves out user and query: both may hold a
 * secret.
 *
 * @param uri absolute, {@code http} or {@code https}, with a host
 */
public record Endpoint(URI uri) {
  public Endpoint {
    if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("(?i)https?")) {
      throw new IllegalArgumentException("not an http or https address with a host");
    }
  }

  @Override
  public String toString() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }
}

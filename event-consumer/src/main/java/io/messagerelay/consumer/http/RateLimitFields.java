package io.messagerelay.consumer.http;

import io.messagerelay.consumer.limit.RateLimit;
import io.vertx.core.MultiMap;

/**
 * Tells a client how it stands with a limit of its rate, before it runs into it (RateLimit header
 * fields for HTTP, draft-ietf-httpapi-ratelimit-headers-10). Each policy is an item of the list
 * that each field is.
 */
final class RateLimitFields {
  static final String POLICY = "RateLimit-Policy";
  static final String STANDING = "RateLimit";

  private RateLimitFields() {}

  /**
   * @param perSecond the quota, of which the window is a second
   */
  static void add(MultiMap headers, String policy, int perSecond, RateLimit.Standing standing) {
    headers.add(POLICY, '"' + policy + "\";q=" + perSecond + ";w=1");
    headers.add(STANDING, '"' + policy + "\";r=" + standing.left() + ";t=" + seconds(standing));
  }

  /** Until there is some again; while there is some, until there is all: a window at most. */
  private static long seconds(RateLimit.Standing standing) {
    return Problem.wholeSeconds(standing.delay());
  }
}

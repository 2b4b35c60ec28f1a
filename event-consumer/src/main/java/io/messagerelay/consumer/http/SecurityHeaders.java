package io.messagerelay.consumer.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What every answer tells a browser: nothing here is to be guessed at, kept, framed, embedded or
 * given away. {@code Strict-Transport-Security} is left to whoever ends TLS: over HTTP it is
 * ignored (RFC 6797 §8.1).
 */
final class SecurityHeaders {
  private static final CharSequence API = HttpHeaders.createOptimized(csp("default-src 'none'"));

  /**
   * The page of Swagger UI: its files, its two inline scripts by their digests, and the styles and
   * pictures that it puts into the page.
   */
  private static final CharSequence PAGE =
      HttpHeaders.createOptimized(
          csp(
              "default-src 'none'; script-src 'self' "
                  + "'sha256-nmyKhp7/kE+juFNDR2sg4zmcNm1lsYu2sDIQaJJmOoA=' 'sha256-1osKB3B54fDYmVm0dLgz5rHD2cg7yMyoW33W5RjRrz8='; "
                  + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
                  + "connect-src 'self'; base-uri 'none'; form-action 'none'"));

  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");

  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence CONTENT_SECURITY_POLICY =
      HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence REFERRER_POLICY =
      HttpHeaders.createOptimized("Referrer-Policy");
  private static final CharSequence FRAME_OPTIONS = HttpHeaders.createOptimized("X-Frame-Options");
  private static final CharSequence RESOURCE_POLICY =
      HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");

  private SecurityHeaders() {}

  private static String csp(String directives) {
    return directives + "; frame-ancestors 'none'";
  }

  static void set(MultiMap headers, boolean page) {
    headers
        .set(CONTENT_TYPE_OPTIONS, NOSNIFF)
        .set(HttpHeaders.CACHE_CONTROL, NO_STORE)
        .set(CONTENT_SECURITY_POLICY, page ? PAGE : API)
        .set(REFERRER_POLICY, NO_REFERRER)
        .set(FRAME_OPTIONS, DENY)
        .set(RESOURCE_POLICY, SAME_ORIGIN);
  }
}

package io.messagerelay.consumer.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What every answer tells a browser: nothing here is to be guessed at, kept, framed, embedded or
 * given away. {@code Strict-Transport-Security} is left to whoever ends TLS: over HTTP it is
 * ignored (RFC 6797 §8.1).
 */
final class SecurityHeaders {
  /** What a browser is shown. */
  enum Shown {
    DATA,
    API_PAGE,
    CONSOLE
  }

  private static final CharSequence DATA = policy("default-src 'none'");

  /**
   * The page of Swagger UI: its files, its two inline scripts by their digests, and the styles and
   * pictures that it puts into the page.
   */
  private static final CharSequence API_PAGE =
      policy(
          "default-src 'none'; script-src 'self' "
              + "'sha256-nmyKhp7/kE+juFNDR2sg4zmcNm1lsYu2sDIQaJJmOoA=' 'sha256-1osKB3B54fDYmVm0dLgz5rHD2cg7yMyoW33W5RjRrz8='; "
              + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
              + "connect-src 'self'; base-uri 'none'; form-action 'none'");

  /**
   * The console: its files, and by its digest the import map, which names the files of its
   * libraries. No text becomes a piece of the page but the templates of Lit.
   */
  private static final CharSequence CONSOLE =
      policy(
          "default-src 'none'; script-src 'self' 'sha256-CTykCOPW7PNOiZQIyRo+1VI4n6FijfqLwrvyb7NI9g0='; "
              + "style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
              + "require-trusted-types-for 'script'; trusted-types lit-html");

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

  private static CharSequence policy(String directives) {
    return HttpHeaders.createOptimized(directives + "; frame-ancestors 'none'");
  }

  private static CharSequence policy(Shown shown) {
    return switch (shown) {
      case DATA -> DATA;
      case API_PAGE -> API_PAGE;
      case CONSOLE -> CONSOLE;
    };
  }

  static void set(MultiMap headers, Shown shown) {
    headers
        .set(CONTENT_TYPE_OPTIONS, NOSNIFF)
        .set(HttpHeaders.CACHE_CONTROL, NO_STORE)
        .set(CONTENT_SECURITY_POLICY, policy(shown))
        .set(REFERRER_POLICY, NO_REFERRER)
        .set(FRAME_OPTIONS, DENY)
        .set(RESOURCE_POLICY, SAME_ORIGIN);
  }
}

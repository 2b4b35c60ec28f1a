package io.messagerelay.consumer.http;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names each request, so that who sent it and this log can speak of the same one: by the name that
 * it brings, if that is harmless, or else by one of sixteen digits. Shared by threads.
 */
public final class RequestIds {
  static final String HEADER = "X-Request-Id";

  private static final String KEY = RequestIds.class.getName();
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final HexFormat DIGITS = HexFormat.of();

  private final AtomicLong next;

  /**
   * @param first where counting begins; by chance, so that two processes do not make the same
   */
  public RequestIds(long first) {
    this.next = new AtomicLong(first);
  }

  /** Gives a request its name, which its answer tells. */
  void name(RoutingContext call) {
    String id = idOf(call.request().getHeader(HEADER));
    call.put(KEY, id);
    call.response().putHeader(HEADER, id);
  }

  String idOf(@Nullable String given) {
    return given != null && HARMLESS.matcher(given).matches()
        ? given
        : DIGITS.toHexDigits(next.getAndIncrement());
  }

  /** That of a request that has been named, which the edge does before all else. */
  static String of(RoutingContext call) {
    return Objects.requireNonNull(call.get(KEY));
  }
}

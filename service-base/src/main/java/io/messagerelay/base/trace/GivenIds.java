package io.messagerelay.base.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a span the ids that it has to have. The SDK asks for them while it starts one, on the
 * thread that does so.
 */
final class GivenIds implements IdGenerator {
  private final IdGenerator chance = IdGenerator.random();
  private static final ThreadLocal<Given> NOW = new ThreadLocal<>();

  private record Given(String trace, @Nullable String span) {}

  /**
   * @param span {@code null} for any
   */
  <T> T with(String trace, @Nullable String span, Supplier<T> start) {
    NOW.set(new Given(trace, span));
    try {
      return start.get();
    } finally {
      NOW.remove();
    }
  }

  @Override
  public String generateTraceId() {
    return NOW.get().trace();
  }

  @Override
  public String generateSpanId() {
    String span = NOW.get().span();
    return span == null ? chance.generateSpanId() : span;
  }
}

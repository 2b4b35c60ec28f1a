package io.messagerelay.consumer.http;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Set;

/**
 * Names requests in the metrics by their route and by methods that there are. What a client makes
 * up would be a time series of its own, each time.
 */
@Singleton
final class RequestTags implements HttpServerMetricsTagsContributor {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  @Override
  public Tags contribute(Context context) {
    HttpServerRequest request = context.request();
    String path = Route.canonical(Objects.requireNonNullElse(request.path(), ""));
    String method = request.method().name();
    return Tags.of(
        "uri",
        Route.of(path).map(Route::path).orElse("OTHER"),
        "method",
        METHODS.contains(method) ? method : "OTHER");
  }
}

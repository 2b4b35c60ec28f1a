package io.messagerelay.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A collector of OpenTelemetry traces that takes OTLP over HTTP and keeps what it gets. */
public final class TestCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  /** A span and who sent it; ids in hexadecimal digits, empty for none. */
  public record Received(
      String service,
      String name,
      Span.SpanKind kind,
      String trace,
      String id,
      String parent,
      long beganNanos,
      long endedNanos,
      Map<String, String> attributes,
      String failure) {}

  private TestCollector(HttpServer server) {
    this.server = server;
  }

  /** One that listens on a port of its own. */
  public static TestCollector open() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      var collector = new TestCollector(server);
      server.createContext("/v1/traces", collector::take);
      server.start();
      return collector;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What services are told of it. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers so from now on; what is not answered with 200 is not kept. */
  public void answers(int newStatus) {
    status = newStatus;
  }

  /** Everything that came, in no order. */
  public List<Received> spans() {
    return List.copyOf(spans);
  }

  /** The headers of each request. */
  public List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        var body = new GZIPInputStream(exchange.getRequestBody())) {
      var request = ExportTraceServiceRequest.parseFrom(body);
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      int answer = status;
      if (answer == 200) {
        request.getResourceSpansList().forEach(this::keep);
      }
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  private void keep(ResourceSpans all) {
    String service =
        all.getResource().getAttributesList().stream()
            .filter(it -> it.getKey().equals("service.name"))
            .map(it -> it.getValue().getStringValue())
            .collect(Collectors.joining());
    all.getScopeSpansList().stream()
        .flatMap(scope -> scope.getSpansList().stream())
        .map(span -> received(service, span))
        .forEach(spans::add);
  }

  private static Received received(String service, Span span) {
    HexFormat digits = HexFormat.of();
    return new Received(
        service,
        span.getName(),
        span.getKind(),
        digits.formatHex(span.getTraceId().toByteArray()),
        digits.formatHex(span.getSpanId().toByteArray()),
        digits.formatHex(span.getParentSpanId().toByteArray()),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getAttributesList().stream()
            .collect(
                Collectors.toMap(
                    it -> it.getKey(),
                    it ->
                        it.getValue().hasIntValue()
                            ? String.valueOf(it.getValue().getIntValue())
                            : it.getValue().getStringValue())),
        span.getStatus().getMessage());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

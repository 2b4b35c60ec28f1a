package io.messagerelay.propagator.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.messagerelay.base.Version;
import io.messagerelay.propagator.delivery.EventSender;
import io.messagerelay.propagator.spool.SpoolException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management port: {@code /metrics}, {@code /health/live}, {@code /health/ready} and {@code
 * /health/started}, for {@code GET} and {@code HEAD}. It only tells; nothing can be changed by it.
 * Shared by threads.
 */
public final class ManagementServer implements Management {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

  static {
    // Of the server that the JDK brings, which reads them once. In seconds.
    System.setProperty("jdk.httpserver.maxConnections", "64");
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final About about;
  private final Health health;
  private final Tags tags;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final RequestMeters requests;

  private volatile @Nullable RunMeters meters;

  /**
   * What is told of.
   *
   * @param spool its name, the label of what is ours
   * @param limitBytes the bound of the spool
   * @param patience how old the loops' last step may be
   * @param ending whether the run was asked to end
   * @param clock the time of day
   * @param ticker monotonic nanoseconds
   */
  public record About(
      String spool,
      long limitBytes,
      Duration patience,
      BooleanSupplier ending,
      Clock clock,
      LongSupplier ticker) {}

  private ManagementServer(HttpServer server, About about) {
    this.server = server;
    this.about = about;
    this.health = new Health(about.patience, about.ending, about.clock);
    this.tags = Tags.of("spool", about.spool);
    this.requests = new RequestMeters(registry, tags);
  }

  /**
   * Listens from now on.
   *
   * @throws IOException when that is not possible
   */
  public static ManagementServer open(InetSocketAddress address, About about) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("the host is not known");
    }
    var opened = new ManagementServer(HttpServer.create(address, 0), about);
    opened.start();
    return opened;
  }

  private void start() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collections.bindTo(registry);
    Gauge.builder("message.relay.build.info", () -> 1)
        .description("What runs")
        .tags("version", Version.number(), "java", Runtime.version().toString())
        .register(registry);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public EventSender measured(EventSender sender) {
    return new MeasuredSender(sender, requests, about.clock, about.ticker);
  }

  @Override
  public void begin(Vitals vitals) {
    meters = new RunMeters(registry, tags, about.limitBytes, vitals, about.clock);
    health.begin(vitals);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), hasBody ? body.length : -1);
      if (hasBody) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Answer answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Answer.words(HttpURLConnection.HTTP_BAD_METHOD, "only GET and HEAD");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/health/live" -> health.live();
      case "/health/ready" -> health.ready();
      case "/health/started" -> health.started();
      case "/metrics" -> metrics();
      case null, default ->
          Answer.words(
              HttpURLConnection.HTTP_NOT_FOUND,
              "there are /metrics, /health/live, /health/ready and /health/started");
    };
  }

  private Answer metrics() {
    RunMeters now = meters;
    if (now == null) {
      return Answer.unavailable("not started: the spool is being opened");
    }
    try {
      return Answer.metrics(now.scrape());
    } catch (SpoolException e) {
      return Answer.unavailable(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a fault of this program at /metrics; events are not concerned", e);
      return Answer.words(HttpURLConnection.HTTP_INTERNAL_ERROR, "a fault of this program");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    collections.close();
    registry.close();
  }
}

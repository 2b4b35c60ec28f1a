package io.messagerelay.propagator.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.messagerelay.propagator.delivery.EventSender;
import io.messagerelay.propagator.spool.SpoolException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Made beside the start of the run, which waits for them only when its first request ends. */
  private final CompletableFuture<Meters> meters;

  private volatile @Nullable CompletableFuture<RunMeters> run;

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
    this.meters = CompletableFuture.supplyAsync(() -> new Meters(about.spool), threads);
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
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public EventSender measured(EventSender sender) {
    return new MeasuredSender(sender, () -> meters.join().requests(), about.clock, about.ticker);
  }

  @Override
  public void begin(Vitals vitals) {
    run =
        meters.thenApplyAsync(
            all -> new RunMeters(all, about.limitBytes, vitals, about.clock), threads);
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
    CompletableFuture<RunMeters> now = run;
    if (now == null) {
      return Answer.unavailable("not started: the spool is being opened");
    }
    try {
      return Answer.metrics(now.join().scrape());
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
    meters.join().close();
    threads.shutdownNow();
  }
}

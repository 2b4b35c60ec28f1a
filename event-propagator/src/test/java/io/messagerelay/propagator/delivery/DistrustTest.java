package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.delivery.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.messagerelay.propagator.auth.Account;
import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.auth.NoTokens;
import io.messagerelay.propagator.auth.TokenAnswer;
import io.messagerelay.propagator.auth.TokenClient;
import io.messagerelay.propagator.delivery.Delivery.Deferred;
import io.messagerelay.propagator.delivery.Delivery.Held;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate nobody vouches for. */
@Timeout(60)
class DistrustTest {
  private static final String PASSWORD = "password-of-a-test";

  @TempDir Path folder;

  private final AtomicInteger requests = new AtomicInteger();
  private HttpsServer server;
  private Exchange http;

  @BeforeEach
  void open() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(ownKey())));
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(201, -1);
          exchange.close();
        });
    server.start();
    http = Exchange.open(Duration.ofSeconds(20), Duration.ofSeconds(20), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    http.close();
    server.stop(0);
  }

  private Path ownKey() throws Exception {
    Path file = folder.resolve("key.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> line =
        List.of(
            keytool,
            "-genkeypair",
            "-keyalg",
            "EC",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            "own",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "SAN=IP:127.0.0.1");
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
    return file;
  }

  private static SSLContext context(Path key) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(key)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static Endpoint endpoint(int port, String path) {
    return new Endpoint(URI.create("https://127.0.0.1:" + port + path));
  }

  private Delivery deliverTo(int port) throws InterruptedException {
    var receiver =
        new Receiver(
            endpoint(port, "/event"),
            Acknowledge.STATUS,
            "message-relay/0",
            Optional::empty,
            Traces.AS_BROUGHT);
    return new HttpEventSender(http, new NoTokens(), receiver).send(List.of(event(1))).delivery();
  }

  @Test
  void delivery_is_held_and_nothing_is_sent() throws Exception {
    int port = server.getAddress().getPort();

    assertThat(deliverTo(port))
        .isInstanceOfSatisfying(
            Held.class,
            held ->
                assertThat(held.reason())
                    .startsWith(
                        "https://127.0.0.1:"
                            + port
                            + "/event shows a certificate that is not trusted (")
                    .endsWith("); check the URL, or let Java trust its authority"));
    assertThat(requests).hasValue(0);
  }

  @Test
  void no_password_is_sent() throws Exception {
    int port = server.getAddress().getPort();
    var tokens =
        new TokenClient(http, endpoint(port, "/token"), new Account("relay", "hidden"), () -> 0);

    assertThat(tokens.current())
        .isInstanceOfSatisfying(
            TokenAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("/token shows a certificate"));
    assertThat(requests).hasValue(0);
  }

  @Test
  void handshake_that_breaks_off_is_tried_again() throws Exception {
    try (var cutting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> cutOff(cutting));

      assertThat(deliverTo(cutting.getLocalPort())).isInstanceOf(Deferred.class);
    }
  }

  private static void cutOff(ServerSocket server) {
    try {
      while (!server.isClosed()) {
        server.accept().close();
      }
    } catch (IOException closed) {
      // at the end of the test
    }
  }
}

package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.consumer.store.MysqlTls.Mode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a server whose certificate is for {@code localhost} and vouches for itself. */
final class MysqlTlsTest {
  private static final String ALIAS = "server";
  private static final String PASSWORD = "not-a-secret";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // before all
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // before all
  private static TestDatabase place;

  @BeforeAll
  static void start() throws Exception {
    KeyStore store = generated("server", "localhost");
    byte[] key = store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
    Path keyFile = write("server-key.pem", "PRIVATE KEY", key);
    Path certificate = certificate(store, "server.pem");
    server = TestServer.own("--ssl-cert=" + certificate, "--ssl-key=" + keyFile);
    place = server.newDatabase();
    certificate(generated("other", "localhost"), "other.pem");
  }

  @AfterAll
  static void stop() {
    place.close();
    server.close();
  }

  private static KeyStore generated(String name, String host) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static Path certificate(KeyStore store, String name) throws Exception {
    return write(name, "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
  }

  private static Path write(String name, String kind, byte[] content) throws Exception {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String pem = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
    return Files.writeString(folder.resolve(name), pem, US_ASCII);
  }

  private static MysqlOptions options(String host, Mode mode, String authority) {
    return new MysqlOptions(
        host,
        place.port(),
        place.name(),
        place.user(),
        place.password(),
        new MysqlTls(mode, Optional.of(folder.resolve(authority))),
        Duration.ofSeconds(20),
        false);
  }

  private static Database open(MysqlOptions options) throws StoreOpeningException {
    return MysqlStore.open(options, Clock.systemUTC(), System::nanoTime, new Random(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"})
  void stores_when_the_authority_vouches_for_the_server(Mode mode) throws Exception {
    try (Database database = open(options("localhost", mode, "server.pem"))) {
      assertThat(database.events().append(List.of(event(mode.name()))))
          .hasOnlyElementsOfType(Stored.class);
    }
  }

  @Test
  void takes_the_certificate_of_another_name_unless_the_name_counts() throws Exception {
    open(options("127.0.0.1", Mode.VERIFY_CA, "server.pem")).close();

    assertRefused(
        options("127.0.0.1", Mode.VERIFY_IDENTITY, "server.pem"), "identity verification failed");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"VERIFY_CA", "VERIFY_IDENTITY"})
  void refuses_a_server_that_the_authority_does_not_vouch_for(Mode mode) {
    assertRefused(options("localhost", mode, "other.pem"), "check");
  }

  private static void assertRefused(MysqlOptions options, String message) {
    long begin = System.nanoTime();
    assertThatThrownBy(() -> open(options).close())
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageStartingWith(options.toString())
        .hasMessageContaining(message)
        .hasMessageEndingWith("MYSQL_TLS and MYSQL_TLS_CA");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("without waiting for another server")
        .isLessThan(options.startTimeout());
  }
}

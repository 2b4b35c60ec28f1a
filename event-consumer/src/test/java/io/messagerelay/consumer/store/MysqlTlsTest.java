package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.consumer.store.MysqlTls.Mode;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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

/** With a server whose certificate is for {@code localhost} and signed by an authority. */
final class MysqlTlsTest {
  private static final String AUTHORITY = "authority";
  private static final String SERVER = "server";
  private static final String PASSWORD = "not-a-secret";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // before all
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // before all
  private static TestDatabase place;

  @BeforeAll
  static void start() throws Exception {
    KeyStore store = generated("ours");
    byte[] key = store.getKey(SERVER, PASSWORD.toCharArray()).getEncoded();
    Path keyFile = write("server-key.pem", "PRIVATE KEY", key);
    Path certificate = certificate(store, SERVER, "server.pem");
    Path authority = certificate(store, AUTHORITY, "authority.pem");
    server =
        TestServer.own(
            "--ssl-ca=" + authority, "--ssl-cert=" + certificate, "--ssl-key=" + keyFile);
    place = server.newDatabase();
    certificate(generated("others"), AUTHORITY, "other.pem");
  }

  @AfterAll
  static void stop() {
    place.close();
    server.close();
  }

  /** An authority, and a server's certificate that it signed. */
  private static KeyStore generated(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    generate(file, AUTHORITY, "bc:critical");
    generate(file, SERVER, "SAN=dns:localhost", "-signer", AUTHORITY);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static void generate(Path file, String alias, String extension, String... signer)
      throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> line = new ArrayList<>(List.of(keytool, "-genkeypair", "-keyalg", "RSA"));
    line.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
    line.addAll(List.of("-storepass", PASSWORD, "-alias", alias, "-dname", "CN=" + alias));
    line.addAll(List.of("-ext", extension));
    line.addAll(List.of(signer));
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
  }

  private static Path certificate(KeyStore store, String alias, String name) throws Exception {
    return write(name, "CERTIFICATE", store.getCertificate(alias).getEncoded());
  }

  private static Path write(String name, String kind, byte[] content) throws Exception {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String pem = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
    return Files.writeString(folder.resolve(name), pem, US_ASCII);
  }

  private static MysqlOptions options(String host, Mode mode, String authority) {
    return options(host, place, new MysqlTls(mode, Optional.of(folder.resolve(authority))));
  }

  private static MysqlOptions options(String host, TestDatabase place, MysqlTls tls) {
    return new MysqlOptions(
        host,
        place.port(),
        place.name(),
        place.user(),
        place.password(),
        tls,
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
    try (Database database = open(options("localhost", mode, "authority.pem"))) {
      assertThat(database.events().append(List.of(event(mode.name()))))
          .hasOnlyElementsOfType(Stored.class);
    }
  }

  @Test
  void takes_the_certificate_of_another_name_unless_the_name_counts() throws Exception {
    open(options("127.0.0.1", Mode.VERIFY_CA, "authority.pem")).close();

    assertRefused(
        options("127.0.0.1", Mode.VERIFY_IDENTITY, "authority.pem"),
        "identity verification failed");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"VERIFY_CA", "VERIFY_IDENTITY"})
  void refuses_a_server_that_the_authority_does_not_vouch_for(Mode mode) {
    assertRefused(options("localhost", mode, "other.pem"), "check");
  }

  @Test
  void goes_without_encryption_only_where_that_is_enough() throws Exception {
    try (TestServer open = TestServer.own("--skip-ssl");
        TestDatabase other = open.newDatabase()) {
      MysqlTls preferred = new MysqlTls(Mode.PREFERRED, Optional.empty());
      try (Database database = open(options("localhost", other, preferred))) {
        assertThat(database.events().append(List.of(event("a")))).containsExactly(new Stored(1));
      }

      MysqlTls required = new MysqlTls(Mode.REQUIRED, Optional.empty());
      assertRefused(options("localhost", other, required), "not provided by server");
    }
  }

  /** Who has to encrypt never asks an open connection for the key of the password. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void asks_for_the_servers_key_where_encryption_is_not_certain(Mode mode) throws Exception {
    MysqlOptions options = options("localhost", place, new MysqlTls(mode, Optional.empty()));
    Duration any = Duration.ofSeconds(1);
    var source = (MysqlDataSource) new MysqlSource(options, Optional.empty()).with(any, any, any);

    assertThat(source.getAllowPublicKeyRetrieval())
        .isEqualTo(mode == Mode.DISABLED || mode == Mode.PREFERRED);
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

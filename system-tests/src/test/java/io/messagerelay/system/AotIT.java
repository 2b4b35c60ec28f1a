package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache that makes a start fast, and starts that cannot use it. */
final class AotIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Checkout CHECKOUT = Checkout.find();
  private static final Path JAR = Path.of("event-propagator/target/event-propagator.jar");

  @TempDir private Path folder;
  @RegisterExtension final Site site = new Site();

  @BeforeAll
  static void train(@TempDir Path elsewhere) {
    Child training = training(elsewhere);
    assertThat(training.waitFor(PATIENCE)).as(training.output()).isZero();
  }

  private static Child training(Path folder) {
    List<String> command = List.of(CHECKOUT.file("bin/train-aot").toString());
    return Child.start(command, folder, Map.of(), folder.resolve("train-aot.log"));
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void a_run_says_that_it_uses_the_cache_of_the_build(Service service) {
    assertSays("(AOT cache used)", started(service, Map.of()));
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void a_run_with_another_flag_starts_without_and_says_why(Service service) {
    Child child = started(service, Map.of("JAVA_OPTS", "-XX:-UseCompactObjectHeaders"));

    assertSays("(AOT cache not used)", child);
    assertThat(child.output()).contains("UseCompactObjectHeaders setting (enabled)");
  }

  @Test
  void a_run_with_a_damaged_cache_starts_without_it() throws IOException {
    Checkout copy = copyWithoutCache();
    Files.writeString(copy.file("event-propagator/target/event-propagator.aot"), "damaged");

    assertSaysInCopy(copy, "(AOT cache not used)");
  }

  @Test
  void a_run_without_a_cache_says_so() throws IOException {
    assertSaysInCopy(copyWithoutCache(), "(no AOT cache)");
  }

  @Test
  void a_command_never_speaks_of_the_cache() {
    Child child =
        site.get()
            .start(
                Service.CONSUMER, Map.of("JAVA_OPTS", "-XX:-UseCompactObjectHeaders"), "version");

    assertThat(child.waitFor(PATIENCE)).isZero();
    assertThat(child.lines()).singleElement().asString().startsWith("event-consumer ");
  }

  /** There was none where the caches were made. */
  @ParameterizedTest
  @ValueSource(strings = {"status", "run"})
  void what_speaks_to_mysql_is_in_the_caches(String command) {
    Map<String, String> settings =
        Map.of(
            "MYSQL_HOST", "127.0.0.1",
            "MYSQL_PORT", "1",
            "MYSQL_PASSWORD", "any",
            "JAVA_OPTS", "-Xlog:class+load");

    Child child = site.get().start(Service.CONSUMER, settings, command);

    assertSays("com.mysql.cj.protocol.a.NativeProtocol source: shared objects file", child);
    assertSays("sun.security.ssl.TransportContext source: shared objects file", child);
  }

  @Test
  void training_again_does_nothing_where_both_caches_fit() {
    Child training = training(folder);

    assertThat(training.waitFor(PATIENCE)).isZero();
    assertThat(training.output()).isEmpty();
  }

  private Child started(Service service, Map<String, String> settings) {
    site.get().writeData(SampleData.keyed(3).json());
    return site.get().start(service, settings, "run");
  }

  private static void assertSays(String words, Child child) {
    Waiting.until(words, PATIENCE, () -> child.output().contains(words));
  }

  private static void assertSaysInCopy(Checkout copy, String words) {
    Installation there = Installation.create(copy);
    try (there) {
      there.writeData(SampleData.keyed(3).json());
      assertSays(words, there.propagator());
    }
    there.delete();
  }

  /** A built event-propagator alone. */
  private Checkout copyWithoutCache() throws IOException {
    copy(Path.of("bin"));
    copy(JAR.resolveSibling("lib"));
    Files.copy(
        CHECKOUT.root().resolve(JAR), folder.resolve(JAR), StandardCopyOption.COPY_ATTRIBUTES);
    return new Checkout(folder);
  }

  private void copy(Path part) throws IOException {
    Files.createDirectories(folder.resolve(part));
    try (Stream<Path> files = Files.list(CHECKOUT.root().resolve(part))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(part).resolve(file.getFileName()));
      }
    }
  }
}

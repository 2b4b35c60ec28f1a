package io.messagerelay.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.base.Commands;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Template;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench}: measures both services part by part and writes the report. */
@Command(
    name = "bench",
    description = "Measures both services as real processes.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A full run writes docs/performance.md, any other benchmarks/target/performance.md.",
      "TEST_MYSQL_URL names a MySQL server to use, as mysql://user:password@127.0.0.1:3306/;",
      "without it a MariaDB server is started."
    })
public final class Bench implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--quick", description = "A few minutes; only shows that all of it runs.")
  private boolean quick;

  @Option(names = "--only", split = ",", description = "Parts: ${COMPLETION-CANDIDATES}.")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(names = "--stores", split = ",", description = "Stores: ${COMPLETION-CANDIDATES}.")
  private Set<StoreKind> stores = EnumSet.allOf(StoreKind.class);

  private final Set<Part> failed = EnumSet.noneOf(Part.class);

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(
        Commands.lineOf(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(System.out, true, UTF_8))
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    Map<String, String> values = new HashMap<>();
    Site site = Site.make(root);
    Path folder = root.resolve(isFull() ? "docs" : "benchmarks/target");
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    var bench = new Measuring(site, effort, List.copyOf(stores), folder, values);
    for (Part part : Part.values()) {
      if (parts.contains(part)) {
        measure(part, bench);
      }
    }
    end(site);
    Path report = folder.resolve("performance.md");
    Files.writeString(report, template().filled(values));
    tell("wrote " + root.relativize(report));
    return failed.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private void end(Site site) {
    if (failed.isEmpty()) {
      site.close();
    } else {
      tell("logs, spools and stores: " + site.folder());
    }
  }

  /** A part that fails must not take what the others have measured with it. */
  private void measure(Part part, Measuring bench) {
    tell("measuring " + part.title());
    try {
      part.measure(bench);
    } catch (Exception | AssertionError | LinkageError | InternalError e) { // no server, no font
      failed.add(part);
      tell(part.title() + ": " + e);
    }
  }

  private boolean isFull() {
    return !quick
        && parts.containsAll(EnumSet.allOf(Part.class))
        && stores.containsAll(EnumSet.allOf(StoreKind.class));
  }

  private void tell(String line) {
    spec.commandLine().getOut().println(line);
  }

  private static Template template() throws IOException {
    try (InputStream text = Bench.class.getResourceAsStream("performance.md")) {
      return new Template(new String(Objects.requireNonNull(text).readAllBytes(), UTF_8));
    }
  }
}

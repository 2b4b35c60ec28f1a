package io.messagerelay.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.base.Commands;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.system.way.FaultyWay;
import io.messagerelay.system.way.Injected;
import io.messagerelay.system.way.Way;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The proof of the promise: relays events through both services, kills each of them again and again
 * with SIGKILL, and the database's server too where it is ours, and then compares what was taken
 * with what is stored.
 */
@Command(
    name = "prove",
    description = "Relays events while both services are killed, and shows that none is lost.",
    mixinStandardHelpOptions = true)
public final class Prove implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--events", defaultValue = "20000", description = "How many (${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--kills",
      defaultValue = "20",
      description = "How often each service is killed (${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--store",
      description =
          "embedded, or mysql: on a MariaDB server of its own, which is killed too, or on the"
              + " server that the variable TEST_MYSQL_URL names, which is not"
              + " (${DEFAULT-VALUE}).")
  private ProofStore.Kind store = ProofStore.Kind.EMBEDDED;

  @Option(
      names = "--source",
      description = "What they come from: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private ProofSource.Kind source = ProofSource.Kind.RANDOM;

  @Option(
      names = "--faults",
      description =
          "Lets requests and answers between both be refused, cut, delayed, repeated and lied about,"
              + " too.")
  private boolean faults;

  @Option(
      names = "--seed",
      description = "Makes the moments of an earlier run again, as far as the machine does.")
  private @Nullable Long seed;

  private Prove() {}

  public static void main(String[] arguments) {
    System.exit(run(new PrintWriter(System.out, true, UTF_8), arguments));
  }

  static int run(PrintWriter out, String... arguments) {
    return Commands.lineOf(new Prove())
        .setOut(out)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }

  @Override
  public Integer call() {
    try (ProofStore used = ProofStore.of(store)) {
      return proveOn(used, spec.commandLine().getOut());
    }
  }

  private int proveOn(ProofStore used, PrintWriter out) {
    long usedSeed = seed == null ? new Random().nextLong(1_000_000) : seed;
    Installation site = used.install(Checkout.find());
    Kills planned = Kills.planned(kills, used.server().isPresent());
    out.printf(
        "%,d events from %s, %s, --seed %d, in %s%n",
        events, source, planned, usedSeed, site.folder());
    out.println("on " + used.description());
    try (Way way = faults ? FaultyWay.to(site.consumerUrl(), events, usedSeed) : Way.STRAIGHT;
        ProofSource relayed = source.of(site, events, way);
        site) {
      Kills made =
          new Trial(site, used.server(), relayed, events, planned, usedSeed, out::println).run();
      if (faults) {
        out.println(way.injected());
      }
      Verdict verdict = relayed.judge();
      return tell(verdict, tooLittle(made, planned, way.injected()), site, out);
    } catch (IllegalStateException e) {
      out.println("the run came to no end: " + e.getMessage());
      out.println("the logs are in " + site.folder().resolve("logs"));
      return ExitCodes.FAILED;
    }
  }

  private static List<String> tooLittle(Kills made, Kills planned, Injected injected) {
    List<String> tooLittle = new ArrayList<>();
    if (made.areTooFewOf(planned)) {
      tooLittle.add(
          "%s instead of %s prove too little: the events were stored before"
              .formatted(made, planned));
    }
    if (!injected.missing().isEmpty()) {
      tooLittle.add(
          "it proves too little without: %s".formatted(String.join(", ", injected.missing())));
    }
    return tooLittle;
  }

  private static int tell(
      Verdict verdict, List<String> tooLittle, Installation site, PrintWriter out) {
    verdict.differences().forEach(out::println);
    tooLittle.forEach(line -> out.println(line + "; take more (--events)"));
    if (!verdict.green()) {
      out.println("spool, logs and the embedded store are in " + site.folder());
    }
    out.println(verdict.line());
    if (!verdict.green()) {
      return ExitCodes.FAILED;
    }
    site.close();
    site.delete();
    return tooLittle.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}

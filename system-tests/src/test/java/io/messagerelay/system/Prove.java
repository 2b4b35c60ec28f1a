package io.messagerelay.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.base.Commands;
import io.messagerelay.base.ExitCodes;
import java.io.PrintWriter;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The proof of the promise: relays events through both services, kills each of them again and again
 * with SIGKILL, and then compares what was taken with what is stored.
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
      description = "How often each process is killed (${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--seed",
      description = "Makes the moments of an earlier run again, as far as the machine does.")
  private @Nullable Long seed;

  private Prove() {}

  public static void main(String[] arguments) {
    System.exit(run(new PrintWriter(System.out, true, UTF_8), arguments));
  }

  static int run(PrintWriter out, String... arguments) {
    return Commands.lineOf(new Prove()).setOut(out).execute(arguments);
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    long usedSeed = seed == null ? new Random().nextLong(1_000_000) : seed;
    Installation site = Installation.create(Checkout.find());
    out.printf(
        "%,d events, %d kills of each process, --seed %d, in %s%n",
        events, kills, usedSeed, site.folder());
    try (site) {
      var trial = new Trial(site, events, kills, usedSeed, out::println);
      int made = trial.run();
      return tell(Verdict.on(trial.evidence()), made, site, out);
    } catch (IllegalStateException e) {
      out.println("the run came to no end: " + e.getMessage());
      out.println("the logs are in " + site.folder().resolve("logs"));
      return ExitCodes.FAILED;
    }
  }

  private int tell(Verdict verdict, int made, Installation site, PrintWriter out) {
    boolean tooFew = made < kills / 2;
    verdict.differences().forEach(out::println);
    if (tooFew) {
      out.printf(
          "%d kills instead of %d prove too little: the events were stored before; take more"
              + " (--events)%n",
          made, kills);
    }
    if (!verdict.green()) {
      out.println("store, spool and logs are in " + site.folder());
    }
    out.println(verdict.line());
    if (!verdict.green()) {
      return ExitCodes.FAILED;
    }
    site.close();
    site.delete();
    return tooFew ? ExitCodes.FAILED : ExitCodes.OK;
  }
}

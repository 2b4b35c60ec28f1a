package io.messagerelay.consumer.app.events;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.JsonForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code event-consumer tail}. */
@Command(
    name = "tail",
    description = {
      "Prints events as they are stored, until Ctrl-C.",
      "Goes on by itself where it was when the service was away."
    },
    mixinStandardHelpOptions = true)
public final class TailCommand implements Callable<Integer> {
  private static final Duration FOREVER = Duration.ofDays(365_000);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private FilterOptions filters = new FilterOptions();
  @Mixin private JsonForm form = new JsonForm();

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      defaultValue = "now",
      description = "Where to begin: now, start, or a cursor of a list; now without it.")
  private String from = "now";

  @Option(names = "--limit", paramLabel = "N", description = "Ends after N events.")
  private long limit = Long.MAX_VALUE;

  private long left;

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit: " + limit + "; expected 1 or more");
    }
    left = limit;
    try (Api api = new Api(ClientSettings.read());
        var watch = new Silence(System::nanoTime)) {
      follow(api, watch, query());
    }
    return ExitCodes.OK;
  }

  private String query() {
    return switch (from) {
      case "now", "start" -> filters.query().with("from", from).text();
      default -> filters.query().with("cursor", from).text();
    };
  }

  private void follow(Api api, Silence watch, String query) throws InterruptedException {
    var following = new Following();
    var patience = new Patience(Patience.REAL, FOREVER);
    while (left > 0) {
      try (InputStream stream = watch.over(api.follow(query, following.lastId()))) {
        patience.answered();
        following.read(stream, watch::heard, event -> print(event, stream));
      } catch (IOException e) {
        // it broke, or was closed because all was printed: the loop knows which
      } catch (Unanswered e) {
        spec.commandLine().getErr().println(e.words() + "; trying again");
        patience.waitAfter(e);
      }
    }
  }

  private void print(Listed event, InputStream stream) {
    PrintWriter out = spec.commandLine().getOut();
    if (left > 0) {
      out.println(form.isJson() ? event.source() : event.line());
      left--;
    }
    if (left == 0) {
      Silence.close(stream);
    }
  }
}

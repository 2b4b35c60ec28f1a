package io.messagerelay.consumer.app.events;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.JsonForm;
import io.messagerelay.consumer.app.events.Api.Page;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code event-consumer list}. */
@Command(
    name = "list",
    description = "Lists stored events, the newest first.",
    mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
  private static final int MOST_A_PAGE = 1_000;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private FilterOptions filters = new FilterOptions();
  @Mixin private JsonForm form = new JsonForm();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Prints N events at most; 50 without it.")
  private int limit;

  @Option(names = "--oldest-first", description = "Begins with the oldest.")
  private boolean oldestFirst;

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit: " + limit + "; expected 1 or more");
    }
    try (Api api = new Api(ClientSettings.read())) {
      list(api, spec.commandLine().getOut());
      return ExitCodes.OK;
    } catch (Unanswered e) {
      throw e.ending();
    }
  }

  private void list(Api api, PrintWriter out) throws Unanswered, InterruptedException {
    Optional<String> query = Optional.of(first());
    int left = limit;
    boolean more = false;
    while (query.isPresent() && left > 0) {
      Page page = api.page(query.get());
      page.events().stream()
          .limit(left)
          .forEach(event -> out.println(form.isJson() ? event.source() : event.line()));
      more = page.events().size() > left || (page.next().isPresent() && !page.events().isEmpty());
      left -= Math.min(left, page.events().size());
      query = page.next();
    }
    if (!form.isJson() && left == limit) {
      out.println("no events");
    } else if (!form.isJson() && left == 0 && more) {
      out.println("there may be more; --limit shows more of them");
    }
  }

  private String first() {
    return filters
        .query()
        .with("order", oldestFirst ? "asc" : "desc")
        .with("limit", Integer.toString(Math.min(limit, MOST_A_PAGE)))
        .text();
  }
}

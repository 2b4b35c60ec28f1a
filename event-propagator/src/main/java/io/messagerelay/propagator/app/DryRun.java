package io.messagerelay.propagator.app;

import io.messagerelay.base.Counts;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.contract.Addressing;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.Payload;
import io.messagerelay.contract.Reading;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.SourceItem;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source to its end and says of each item whether the consumer would take it, as far as
 * that can be said without its schemas.
 */
final class DryRun {
  private static final int BATCH = 1_000;
  private static final int SHOWN = 20;

  private final EventSource source;
  private final EventJson json;
  private final PrintWriter out;
  private final boolean silent;
  private long items;
  private long refused;
  private long needSchema;

  /**
   * @param json lets a payload be any JSON value
   * @param silent prints no line for an item
   */
  DryRun(EventSource source, EventJson json, PrintWriter out, boolean silent) {
    this.source = source;
    this.json = json;
    this.out = out;
    this.silent = silent;
  }

  /**
   * @param limit how many items are looked at
   */
  void run(long limit) throws SourceException {
    String progress = null;
    boolean more = true;
    while (more && items < limit) {
      Polled polled = source.poll(progress, (int) Math.min(BATCH, limit - items));
      polled.items().forEach(this::look);
      progress = polled.progress() == null ? progress : polled.progress();
      more = !polled.pause().equals(Step.NEVER);
      if (more) {
        LockSupport.parkNanos(polled.pause().toNanos());
      }
    }
  }

  private void look(SourceItem item) {
    items++;
    String why = refusal(item);
    if (why != null) {
      refused++;
      if (!silent && refused <= SHOWN) {
        out.println("would be refused: " + item.place() + ": " + why);
      }
    }
  }

  private @Nullable String refusal(SourceItem item) {
    return switch (item) {
      case SourceItem.Broken(_, _, var reason) -> reason;
      case SourceItem.Whole(var body, _, var id) ->
          switch (json.address(body, id)) {
            case Addressing.Unusable(var faults) -> text(faults);
            case Addressing.Addressed(_, _, var addressed) -> refusal(addressed);
          };
    };
  }

  private @Nullable String refusal(byte[] event) {
    return switch (json.read(event, null)) {
      case Reading.Valid(var valid) -> {
        needSchema += valid.payload().kind() == Payload.Kind.STRING ? 0 : 1;
        yield null;
      }
      case Reading.Faulty(_, var faults, _) -> text(faults);
      case Reading.TooLarge(_, int bytes) ->
          "is %,d bytes long; an event has at most %,d".formatted(bytes, EventLimits.EVENT_BYTES);
    };
  }

  private static String text(List<Fault> faults) {
    return faults.stream().map(Fault::text).collect(Collectors.joining("; "));
  }

  /** Prints the result and gives the exit code. */
  int tell(Optional<String> failure, boolean asJson) {
    if (asJson) {
      var figures =
          new Figures()
              .with("outcome", "dry_run")
              .with("items", items)
              .with("valid", items - refused)
              .with("refused", refused)
              .with("need_schema", needSchema);
      failure.ifPresent(why -> figures.with("failure", why));
      out.println(figures.json());
    } else {
      tellText(failure);
    }
    if (failure.isPresent()) {
      return ExitCodes.UNAVAILABLE;
    }
    return refused > 0 ? ExitCodes.DEAD_LETTERS : ExitCodes.OK;
  }

  private void tellText(Optional<String> failure) {
    if (refused > SHOWN) {
      out.println("... and %s more".formatted(number(refused - SHOWN)));
    }
    failure.ifPresent(out::println);
    if (needSchema > 0) {
      out.println(
          "%s with a payload that is no string, which the consumer takes where a schema allows it"
              .formatted(Counts.of(needSchema, "event")));
    }
    out.println(
        "%s: %s can be sent, %s would be dead letters; nothing was sent"
            .formatted(Counts.of(items, "item"), number(items - refused), number(refused)));
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}

package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.LogFormat;
import io.messagerelay.base.LogSettings;
import io.messagerelay.base.Terminal;
import io.messagerelay.contract.EventIds;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.EventRules;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.file.Replay;
import io.messagerelay.propagator.source.file.ReplayOptions;
import io.messagerelay.propagator.source.file.ReplaySource;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolInUseException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code event-propagator replay}: relays the events of files, from the first to the last. */
@Command(
    name = "replay",
    description = {
      "Relays the events of files, all of them, and ends.",
      "A file is a JSON array or has an event a line; it may be packed with gzip.",
      "Broken off and started again it goes on where it was."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayCommand.class);
  private static final String STANDARD_INPUT = "-";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Files, folders (their *.json, *.ndjson, *.jsonl and the same with .gz) and patterns;"
              + " - is standard input.")
  private List<String> typed = List.of();

  @Option(
      names = "--from",
      paramLabel = "N",
      defaultValue = "1",
      description = "Begins with the Nth item, counted over all files; the first is 1.")
  private long from;

  @Option(names = "--limit", paramLabel = "N", description = "Takes no more than N items.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "Only events of this event_type; may be given again. What has no type that can be read"
              + " becomes a dead letter.")
  private Set<String> types = Set.of();

  @Option(names = "--rate", paramLabel = "N", description = "Takes at most N items a second.")
  private @Nullable Integer rate;

  @Option(
      names = "--new-ids",
      description = "Gives every event a new id, also in place of its own.")
  private boolean newIds;

  @Option(
      names = "--dry-run",
      description = "Says what the consumer would refuse, and sends nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints the summary as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    try {
      return dryRun ? dryRun() : replay();
    } catch (SourceException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private void requireSense() {
    require(from >= 1, "--from: " + from + "; expected 1 or more");
    require(limit >= 1, "--limit: " + limit + "; expected 1 or more");
    require(rate == null || rate >= 1, "--rate: " + rate + "; expected 1 or more");
    require(
        typed.size() == 1 || !typed.contains(STANDARD_INPUT), "- cannot stand beside other files");
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }

  private int dryRun() throws SourceException {
    LogOutput.configure(
        new LogSettings(LogFormat.TEXT.resolved(), Level.INFO, false), LogOutput.Target.ERROR);
    var ids = new EventIds(Clock.systemUTC(), new SecureRandom());
    var events = new EventJson(ids, PropagatorSettings.readEventKey(), EventRules.ANY_PAYLOAD);
    try (ReplaySource source =
        isStream() ? stream() : known(find()).source(options(), 0, System::nanoTime)) {
      var run = new DryRun(source, events, spec.commandLine().getOut(), json);
      run.run(limit);
      return run.tell(source.failure(), json);
    }
  }

  private int replay() throws SourceException, InterruptedException {
    PropagatorSettings.Read read = PropagatorSettings.readUnscheduled();
    PropagatorSettings settings = read.settings();
    LogOutput.configure(
        settings.log(),
        Terminal.isThere() ? LogOutput.Target.ERROR_ABOVE_BAR : LogOutput.Target.ERROR);
    read.warnings().forEach(LOG::warn);
    if (isStream()) {
      return replay(settings, stream(), "stdin-" + Clock.systemUTC().millis(), -1);
    }
    Replay files = find();
    Replay.Known known = known(files);
    LOG.info("replaying {}", files.title());
    String key = known.key(options(), "limit=" + limit);
    return replay(
        settings, known.source(options(), perSecond(), System::nanoTime), key, files.bytes());
  }

  private boolean isStream() {
    return typed.getFirst().equals(STANDARD_INPUT);
  }

  private ReplaySource stream() {
    return Replay.stream(System.in, options(), perSecond(), System::nanoTime);
  }

  private Replay find() throws SourceException {
    return Replay.find(typed, LOG::info);
  }

  private ReplayOptions options() {
    return new ReplayOptions(from, types, newIds);
  }

  private int perSecond() {
    return rate == null ? 0 : rate;
  }

  private static Replay.Known known(Replay files) throws SourceException {
    if (!Terminal.isThere()) {
      return files.read(_ -> {});
    }
    try (ProgressBar bar = ReplayMeter.Bar.show("reading", files.bytes())) {
      return files.read(bar::stepTo);
    }
  }

  private int replay(PropagatorSettings settings, ReplaySource source, String key, long bytes)
      throws InterruptedException {
    var spool = new ReplaySpool(settings, "replay-" + key, limit, Clock.systemUTC());
    try (source) {
      SpoolFolder folder = spool.make();
      int code = run(settings, source, spool.name(), folder, bytes);
      if (code == ExitCodes.OK) {
        spool.clear();
      }
      return code;
    } catch (SpoolInUseException e) {
      throw new CommandException(
          SpoolRun.exitCode(e), "this is replayed already: " + e.getMessage());
    } catch (SpoolException e) {
      throw new CommandException(SpoolRun.exitCode(e), String.valueOf(e.getMessage()));
    }
  }

  private int run(
      PropagatorSettings settings,
      ReplaySource source,
      String spool,
      SpoolFolder folder,
      long bytes)
      throws InterruptedException {
    ReplayMeter meter = meter(source, bytes);
    var work = new SpoolRun.Work(folder, source, limit, meter);
    try {
      return SpoolRun.beside(settings, Clock.systemUTC())
          .run(
              work,
              end -> {
                meter.finish();
                return tell(end, source, spool);
              });
    } finally {
      meter.finish();
    }
  }

  private ReplayMeter meter(ReplaySource source, long bytes) {
    return Terminal.isThere()
        ? new ReplayMeter.Bar(
            ReplayMeter.Bar.show("replay", bytes),
            source::rawBytes,
            new ReplayMeter.Figures(System::nanoTime))
        : new ReplayMeter.Lines(source::rawBytes, bytes, System::nanoTime);
  }

  private int tell(SpoolRun.End end, ReplaySource source, String spool) {
    boolean stopped =
        switch (end) {
          case SpoolRun.End.Done _ -> false;
          case SpoolRun.End.Stopped _ -> true;
        };
    var summary =
        new ReplaySummary(end.books(), spool, stopped, source.failure(), goOn(spool), newIds);
    spec.commandLine().getOut().println(json ? summary.json() : summary.text());
    return summary.exitCode();
  }

  /** Standard input is gone; what was taken of it is not. */
  private String goOn(String spool) {
    if (isStream()) {
      return "event-propagator spool drain --spool " + spool;
    }
    List<String> words = new ArrayList<>(List.of("event-propagator"));
    spec.commandLine().getParseResult().originalArgs().stream()
        .map(ReplayCommand::quoted)
        .forEach(words::add);
    return String.join(" ", words);
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[\\w./=+:,@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

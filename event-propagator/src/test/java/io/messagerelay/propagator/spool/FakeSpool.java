package io.messagerelay.propagator.spool;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A spool in memory that keeps the contract. Shared by threads. */
public final class FakeSpool implements Spool {
  private record Row(SpooledEvent event, Instant due) {}

  private final Lanes lanes;
  private final long bound;
  private final Clock clock;
  private final SortedMap<Long, Row> spooled = new TreeMap<>();
  private final List<DeadLetter> dead = new ArrayList<>();
  private final Map<Integer, Long> claimedUpTo = new HashMap<>();
  private final Map<String, String> progress = new HashMap<>();
  private final FakeAside aside = new FakeAside();
  private Instant lastClaim = Instant.MIN;
  private long seq;
  private long taken;
  private long delivered;
  private long duplicate;
  private boolean diskLow;

  public FakeSpool(Lanes lanes, long bound, Clock clock) {
    this.lanes = lanes;
    this.bound = bound;
    this.clock = clock;
  }

  /** One lane, and all the room there is. */
  public FakeSpool(Clock clock) {
    this(new Lanes(1), Long.MAX_VALUE, clock);
  }

  /** Whether the disk has less left than it is to keep free. */
  public synchronized void diskIsLow(boolean low) {
    diskLow = low;
  }

  @Override
  public synchronized Take take(
      String source, List<NewEntry> entries, @Nullable String newProgress) {
    if (diskLow) {
      return Take.DISK_LOW;
    }
    long bytes = books().bytes();
    for (NewEntry entry : entries) {
      bytes += entry.body().length;
    }
    if (bytes + OVERHEAD_BYTES * (spooled.size() + dead.size() + entries.size()) > bound) {
      return Take.FULL;
    }
    entries.forEach(entry -> keep(source, entry));
    if (newProgress != null) {
      progress.put(source, newProgress);
    }
    return Take.TAKEN;
  }

  private void keep(String source, NewEntry entry) {
    Instant now = clock.instant();
    taken++;
    switch (entry) {
      case NewEntry.Deliverable(var id, var key, var place, var body) -> {
        seq++;
        var event = new SpooledEvent(seq, id, key, source, place, body, now, 0);
        spooled.put(seq, new Row(event, Instant.EPOCH));
      }
      case NewEntry.Unusable(var place, var body, var reasons) ->
          bury(null, null, source, place, body, now, 0, 0, reasons);
    }
  }

  private void bury(
      @Nullable String id,
      @Nullable String key,
      String source,
      String place,
      byte[] body,
      Instant takenAt,
      int attempts,
      int status,
      List<String> reasons) {
    long number = dead.size() + 1L;
    dead.add(
        new DeadLetter(
            number,
            id,
            key,
            source,
            place,
            body,
            takenAt,
            clock.instant(),
            attempts,
            status,
            reasons));
  }

  @Override
  public synchronized Optional<String> progress(String source) {
    return Optional.ofNullable(progress.get(source));
  }

  @Override
  public synchronized List<SpooledEvent> claim(int lane, long afterSeq, int atMost, long maxBytes) {
    readClock();
    if (!aside.isBack(lane, afterSeq == 0)) {
      return List.of();
    }
    var batch = new ArrayList<SpooledEvent>();
    long bytes = 0;
    for (Row row : behind(lane, afterSeq).stream().limit(atMost).toList()) {
      if (aside.holds(row.event)) {
        continue;
      }
      bytes += row.event.body().length;
      if (row.due.isAfter(clock.instant()) || (bytes > maxBytes && !batch.isEmpty())) {
        break;
      }
      batch.add(tried(row.event, 1));
    }
    batch.forEach(this::replace);
    if (!batch.isEmpty()) {
      claimedUpTo.put(lane, batch.getLast().seq());
    }
    return batch;
  }

  private void readClock() {
    if (clock.instant().isBefore(lastClaim)) {
      spooled.replaceAll((_, row) -> new Row(row.event, Instant.EPOCH));
    }
    lastClaim = clock.instant();
  }

  @Override
  public synchronized void release(int lane, long seq) {
    long upTo = claimedUpTo.getOrDefault(lane, 0L);
    behind(lane, seq).stream()
        .filter(row -> row.event.seq() <= upTo)
        .forEach(row -> replace(tried(row.event, -1)));
    claimedUpTo.put(lane, seq);
  }

  private List<Row> behind(int lane, long seq) {
    return lane(lane).stream().filter(row -> row.event.seq() > seq).toList();
  }

  private void replace(SpooledEvent event) {
    spooled.computeIfPresent(event.seq(), (_, row) -> new Row(event, row.due));
  }

  private List<Row> lane(int lane) {
    return spooled.values().stream()
        .filter(row -> laneOf(row.event) == lane && !aside.outOfLane.contains(row.event.seq()))
        .toList();
  }

  private int laneOf(SpooledEvent event) {
    return lanes.of(event.eventKey(), event.source());
  }

  private static SpooledEvent tried(SpooledEvent e, int times) {
    return new SpooledEvent(
        e.seq(),
        e.eventId(),
        e.eventKey(),
        e.source(),
        e.place(),
        e.body(),
        e.taken(),
        e.attempts() + times);
  }

  @Override
  public synchronized Optional<Instant> due(int lane) {
    return lane(lane).stream().findFirst().map(Row::due);
  }

  @Override
  public synchronized void settle(List<? extends Settlement> settlements) {
    for (Settlement settlement : settlements) {
      Row row = spooled.remove(settlement.event().seq());
      if (row != null) {
        settle(settlement, row.event);
        aside.gone(row.event);
      }
    }
  }

  private void settle(Settlement settlement, SpooledEvent e) {
    switch (settlement) {
      case Settlement.Delivered _ -> delivered++;
      case Settlement.Duplicate _ -> duplicate++;
      case Settlement.Dead(_, int status, var reasons) ->
          bury(
              e.eventId(),
              e.eventKey(),
              e.source(),
              e.place(),
              e.body(),
              e.taken(),
              e.attempts(),
              status,
              reasons);
    }
  }

  @Override
  public synchronized void defer(List<SpooledEvent> events, Instant due) {
    for (SpooledEvent event : events) {
      spooled.computeIfPresent(event.seq(), (_, row) -> new Row(row.event, due));
    }
  }

  @Override
  public Aside aside() {
    return aside;
  }

  /** Those that fail, by their place, and what has left its lane because of them. */
  private final class FakeAside implements Aside {
    private final SortedMap<Long, AsideEvent> heads = new TreeMap<>();
    private final Set<Long> outOfLane = new HashSet<>();
    private final Set<String> freed = new HashSet<>();

    @Override
    public void put(SpooledEvent event, String cause, Instant due) {
      synchronized (FakeSpool.this) {
        spooled.computeIfPresent(
            event.seq(),
            (seq, row) -> {
              heads.put(seq, new AsideEvent(row.event, clock.instant(), 0, cause));
              outOfLane.add(seq);
              return new Row(row.event, due);
            });
        claimedUpTo.remove(laneOf(event));
      }
    }

    @Override
    public Optional<AsideEvent> claim() {
      synchronized (FakeSpool.this) {
        readClock();
        Optional<Row> next = next().filter(row -> !row.due.isAfter(clock.instant()));
        next.ifPresent(row -> replace(tried(row.event, 1)));
        return next.map(row -> row.event.seq()).map(this::current);
      }
    }

    private AsideEvent current(long seq) {
      AsideEvent head = Objects.requireNonNull(heads.get(seq));
      SpooledEvent event = Objects.requireNonNull(spooled.get(seq)).event;
      return new AsideEvent(event, head.since(), head.failures(), head.cause());
    }

    private Optional<Row> next() {
      return heads.keySet().stream()
          .map(seq -> Objects.requireNonNull(spooled.get(seq)))
          .min(Comparator.comparing(Row::due).thenComparingLong(row -> row.event.seq()));
    }

    @Override
    public void defer(AsideEvent event, Instant due) {
      synchronized (FakeSpool.this) {
        heads.computeIfPresent(event.event().seq(), (_, _) -> event);
        FakeSpool.this.defer(List.of(event.event()), due);
      }
    }

    @Override
    public Optional<Instant> due() {
      synchronized (FakeSpool.this) {
        return next().map(Row::due);
      }
    }

    /** Whether it has to wait for another of its key; if so, it leaves its lane. */
    private boolean holds(SpooledEvent event) {
      String key = event.eventKey();
      boolean held =
          key != null
              && heads.values().stream().anyMatch(head -> key.equals(head.event().eventKey()));
      return held && outOfLane.add(event.seq());
    }

    private void gone(SpooledEvent event) {
      outOfLane.remove(event.seq());
      if (heads.remove(event.seq()) != null && event.eventKey() != null) {
        freed.add(event.eventKey());
      }
    }

    /** Lets back in what waits for nobody now, if it may; false when something has to wait. */
    private boolean isBack(int lane, boolean now) {
      List<String> back = freed.stream().filter(key -> lanes.of(key, "") == lane).toList();
      if (now) {
        freed.removeAll(back);
        outOfLane.removeIf(
            seq -> back.contains(Objects.requireNonNull(spooled.get(seq)).event.eventKey()));
      }
      return now || back.isEmpty();
    }
  }

  @Override
  public synchronized Books books() {
    long bytes = dead.stream().mapToLong(letter -> letter.body().length).sum();
    for (Row row : spooled.values()) {
      bytes += row.event.body().length;
    }
    return new Books(taken, delivered, duplicate, dead.size(), 0, spooled.size(), bytes);
  }

  @Override
  public synchronized long deadBytes() {
    return dead.stream().mapToLong(letter -> letter.body().length + OVERHEAD_BYTES).sum();
  }

  @Override
  public synchronized List<DeadLetter> deadLetters(long afterSeq, int limit) {
    return dead.stream().filter(letter -> letter.seq() > afterSeq).limit(limit).toList();
  }

  @Override
  public void close() {}
}

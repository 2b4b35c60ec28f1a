package io.messagerelay.propagator.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.file.Position.Expected;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowPositionTest {
  private static final Instant CREATED = Instant.parse("2026-03-01T08:00:00.5Z");
  private static final FileStamp FILE = new FileStamp("(dev=fe00,ino=2152618)", CREATED);
  private static final FollowPosition POSITION =
      new FollowPosition(FILE, 2, 4711, 18, "9f86d081884c7d65");

  @Test
  void a_position_is_saved_as_it_is_documented() {
    assertThat(POSITION.text())
        .isEqualTo("1 2026-03-01T08:00:00.500Z 2 4711 18 9f86d081884c7d65 (dev=fe00,ino=2152618)");
  }

  @Test
  void what_was_saved_is_read_back() throws Exception {
    List<FollowPosition> positions =
        List.of(
            POSITION,
            POSITION.anew(),
            FollowPosition.NOWHERE,
            FollowPosition.start(FILE),
            FollowPosition.start(stamp("(dev=1,ino=2)", null)),
            FollowPosition.uncounted(FILE, Long.MAX_VALUE / 10, "0123456789abcdef"));

    for (FollowPosition position : positions) {
      assertThat(FollowPosition.parse(position.text())).isEqualTo(position);
    }
  }

  @Test
  void progress_of_another_version_is_named() {
    assertThatThrownBy(() -> FollowPosition.parse("2 new"))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "the saved progress is of another version of this program: 2 new; go on with that"
                + " version");
  }

  @Test
  void each_part_of_the_identity_makes_another_one_of_it() {
    Set<String> identities =
        Stream.of(
                POSITION,
                POSITION.with("0000000000000000"),
                new FollowPosition(FILE, 3, 4711, 18, POSITION.firstLine()),
                of(stamp("(dev=fe00,ino=2152619)", CREATED)),
                of(stamp("(dev=fe01,ino=2152618)", CREATED)),
                of(stamp(FILE.key(), CREATED.plusNanos(1))),
                of(stamp(FILE.key(), null)))
            .map(FollowPosition::identity)
            .collect(Collectors.toSet());

    assertThat(identities).hasSize(7).allMatch(identity -> identity.matches("[0-9a-f]{16}"));
  }

  @Test
  void the_identity_stays_along_the_file() {
    FollowPosition further = POSITION.movedTo(new Position(9_999, 40, Expected.START));

    assertThat(further.identity()).isEqualTo(POSITION.identity());
    assertThat(FollowPosition.eventId(further.identity(), 4711))
        .isEqualTo(POSITION.identity() + "-0000000000004711");
  }

  @Test
  void lines_that_were_not_counted_stay_so() {
    FollowPosition begun = FollowPosition.uncounted(FILE, 10, "0123456789abcdef");

    assertThat(begun.movedTo(new Position(20, 5, Expected.START)).line())
        .isEqualTo(FollowPosition.UNKNOWN);
  }

  @Test
  void a_file_is_the_same_on_a_renumbered_device_but_not_when_it_was_made_at_another_time() {
    assertThat(FILE.isSame(stamp("(dev=fe77,ino=2152618)", CREATED))).isTrue();
    assertThat(FILE.isSame(stamp(FILE.key(), CREATED.plusNanos(1)))).isFalse();
    assertThat(FILE.isSame(stamp("(dev=fe00,ino=1)", CREATED))).isFalse();
  }

  @Test
  void without_a_creation_time_device_and_inode_decide() {
    FileStamp timeless = stamp(FILE.key(), null);

    assertThat(FILE.isSame(timeless)).isTrue();
    assertThat(timeless.isSame(FILE)).isTrue();
    assertThat(timeless.isSame(stamp("(dev=fe77,ino=2152618)", null))).isFalse();
  }

  private static FollowPosition of(FileStamp file) {
    return new FollowPosition(file, 2, 4711, 18, POSITION.firstLine());
  }

  private static FileStamp stamp(String key, @Nullable Instant created) {
    return new FileStamp(key, created);
  }
}

package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.contract.Sha256;
import io.messagerelay.propagator.source.SourceException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a file was followed; the progress of {@link FollowSource}, and what its ids are made of.
 *
 * <pre>{@code
 * 1 2026-03-01T08:00:00.5Z 0 4711 18 9f86d081884c7d65 (dev=fe00,ino=2152618)
 * | |                      | |    |  |                device and inode
 * | |                      | |    |  first line's fingerprint, - while nothing was taken
 * | |                      | |    line that begins here, 0 when not known
 * | |                      | bytes before
 * | |                      generation
 * | creation time, - where none is kept
 * version
 * }</pre>
 *
 * <p>An event without an id of its own gets {@code <identity>-<offset of its line>}, the identity
 * being the first 16 hex digits of a SHA-256 over four things, because each alone is not enough:
 *
 * <ul>
 *   <li><b>device and inode</b> name the file whatever it is called, so that a rename changes no
 *       id. But an inode is given to another file as soon as its own is deleted;
 *   <li><b>the creation time</b> tells those two apart, where the file system keeps one;
 *   <li><b>the first line</b>, its first 1,024 bytes, tells them apart where it does not, and what
 *       was written after a truncation from what stood there before. Never more of the content and
 *       never it alone: two equal lines are two events, and so are those of two equal files;
 *   <li><b>the generation</b> is raised by each truncation, after which the same inode, creation
 *       time and offset hold another line, maybe even under the same first one.
 * </ul>
 *
 * <p>When the progress is lost, a file that was never truncated gets the same ids once more, and
 * the consumer answers that it has its events. One that was truncated is at generation 0 again: it
 * gets other ids, which stores its lines twice rather than not at all.
 *
 * @param generation how often the file was truncated under us
 * @param offset in bytes
 * @param line that begins there, from 1; {@link #UNKNOWN} when it was begun at its end
 * @param firstLine empty while the offset is 0
 */
record FollowPosition(FileStamp file, int generation, long offset, long line, String firstLine) {

  static final long UNKNOWN = 0;

  /** Nothing was found so far; so whatever comes is followed from its beginning. */
  static final FollowPosition NOWHERE = start(new FileStamp("none", null));

  /** So much of the first line is looked at. */
  static final int FIRST_LINE_BYTES = 1024;

  private static final int FINGERPRINT_BYTES = 8;
  private static final Pattern TEXT =
      Pattern.compile(
          "1 (?<created>-|[0-9T:.Z-]+) (?<generation>\\d{1,9}) (?<offset>\\d{1,18})"
              + " (?<line>\\d{1,18}) (?<first>-|[0-9a-f]{16}) (?<key>.+)");

  static FollowPosition start(FileStamp file) {
    return new FollowPosition(file, 0, 0, 1, "");
  }

  /** Where the lines before are not counted. */
  static FollowPosition uncounted(FileStamp file, long offset, String firstLine) {
    return new FollowPosition(file, 0, offset, UNKNOWN, firstLine);
  }

  /** The beginning of the same file after it was truncated. */
  FollowPosition anew() {
    return new FollowPosition(file, generation + 1, 0, 1, "");
  }

  /** The same place, now that the first line is there. */
  FollowPosition with(String fingerprint) {
    return new FollowPosition(file, generation, offset, line, fingerprint);
  }

  FollowPosition movedTo(Position position) {
    return new FollowPosition(
        file, generation, position.offset(), line == UNKNOWN ? line : position.line(), firstLine);
  }

  /** What the ids of this file's events begin with; for a position that knows the first line. */
  String identity() {
    return fingerprint(
        "%s %s %d %s".formatted(file.key(), file.created(), generation, firstLine).getBytes(UTF_8));
  }

  /** Of the event whose line begins there, when it has no id of its own. */
  static String eventId(String identity, long offset) {
    return String.format(Locale.ROOT, "%s-%016d", identity, offset);
  }

  /** Of a line of this file. */
  String place(Object fileName, Cut cut) {
    return line == UNKNOWN ? fileName + "@" + cut.offset() : fileName + ":" + cut.line();
  }

  /**
   * The fingerprint of the first line, as far as it is there.
   *
   * @param start of the file, ready to be read; left as it is
   */
  static String firstLine(ByteBuffer start) {
    int length = Math.min(start.limit(), FIRST_LINE_BYTES);
    int end = 0;
    while (end < length && start.get(end) != '\n') {
      end++;
    }
    var line = new byte[end];
    start.get(0, line);
    return fingerprint(line);
  }

  /** The first 16 hex digits of its SHA-256. */
  static String fingerprint(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.of(bytes), 0, FINGERPRINT_BYTES);
  }

  /** As it is saved. */
  String text() {
    return "1 %s %d %d %d %s %s"
        .formatted(
            file.created() == null ? "-" : file.created(),
            generation,
            offset,
            line,
            firstLine.isEmpty() ? "-" : firstLine,
            file.key());
  }

  /**
   * What {@link #text} gave.
   *
   * @throws SourceException when it is of another version
   */
  static FollowPosition parse(String text) throws SourceException {
    Matcher saved = TEXT.matcher(text);
    if (!saved.matches()) {
      throw new SourceException(
          "the saved progress is of another version of this program: %s; go on with that version"
              .formatted(text));
    }
    String created = saved.group("created");
    String firstLine = saved.group("first");
    return new FollowPosition(
        new FileStamp(saved.group("key"), created.equals("-") ? null : Instant.parse(created)),
        Integer.parseInt(saved.group("generation")),
        Long.parseLong(saved.group("offset")),
        Long.parseLong(saved.group("line")),
        firstLine.equals("-") ? "" : firstLine);
  }
}
